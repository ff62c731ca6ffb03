/** Bucket4j behind the core's port for tries at the PIN. */
@NullMarked
package io.pingate.servlet.throttle;

import org.jspecify.annotations.NullMarked;
