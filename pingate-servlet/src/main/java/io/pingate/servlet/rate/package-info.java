/** What is done at most so often: looks at files, lines in the log. */
@NullMarked
package io.pingate.servlet.rate;

import org.jspecify.annotations.NullMarked;
