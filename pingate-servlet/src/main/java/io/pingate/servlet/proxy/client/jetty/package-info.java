/** The client's half on Jetty, below the Servlet API. */
@NullMarked
package io.pingate.servlet.proxy.client.jetty;

import org.jspecify.annotations.NullMarked;
