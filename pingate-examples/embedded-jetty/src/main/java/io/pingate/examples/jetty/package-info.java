/** Jetty in a program of one's own, behind the gate. */
@NullMarked
package io.pingate.examples.jetty;

import org.jspecify.annotations.NullMarked;
