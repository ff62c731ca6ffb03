/** What a webapp behind the filter sees of its requests, and what becomes of its responses. */
@NullMarked
package io.pingate.servlet.webapp;

import org.jspecify.annotations.NullMarked;
