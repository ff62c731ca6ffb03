package io.pingate.servlet.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the gate asks of the servlet container beyond the Servlet API; the portable answer is always there. */
interface Container {
    /** The client's half of an exchange whose asynchronous processing has begun. */
    ClientExchange exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async)
            throws IOException;

    /** Lets go of whatever runs in the background. */
    default void stop() {}
}
