/** Reads the LLM route from its settings; what the route does is the core's. */
@NullMarked
package io.pingate.servlet.llm;

import org.jspecify.annotations.NullMarked;
