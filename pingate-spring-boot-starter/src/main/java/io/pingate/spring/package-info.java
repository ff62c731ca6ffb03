/** The gate before a Spring Boot application. Nothing here is called by applications: they set properties. */
@NullMarked
package io.pingate.spring;

import org.jspecify.annotations.NullMarked;
