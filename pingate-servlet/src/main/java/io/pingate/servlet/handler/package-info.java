/** The door of a bare Jetty server, below its servlets. */
@NullMarked
package io.pingate.servlet.handler;

import org.jspecify.annotations.NullMarked;
