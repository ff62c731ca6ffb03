/** A web application that knows nothing of the gate in front of it. */
@NullMarked
package io.pingate.examples.webapp;

import org.jspecify.annotations.NullMarked;
