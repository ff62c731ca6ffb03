/** The figures of a gate in any registry of Micrometer's, whose {@code micrometer-core} whoever wants them brings along. */
@NullMarked
package io.pingate.servlet.metrics;

import org.jspecify.annotations.NullMarked;
