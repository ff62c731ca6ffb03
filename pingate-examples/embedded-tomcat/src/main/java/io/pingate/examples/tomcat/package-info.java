/** Tomcat in a program of one's own, behind the gate. */
@NullMarked
package io.pingate.examples.tomcat;

import org.jspecify.annotations.NullMarked;
