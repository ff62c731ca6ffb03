/** The client's half in any servlet container, by the Servlet API alone. */
@NullMarked
package io.pingate.servlet.proxy.client.servlet;

import org.jspecify.annotations.NullMarked;
