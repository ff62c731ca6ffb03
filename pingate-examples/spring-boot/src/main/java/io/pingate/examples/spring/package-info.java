/** A Spring Boot application behind the gate. */
@NullMarked
package io.pingate.examples.spring;

import org.jspecify.annotations.NullMarked;
