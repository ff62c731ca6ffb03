package io.pingate.servlet.proxy.client;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the gate asks of the servlet container beyond the Servlet API; the portable answer is always there. */
public interface Container {
    /** The client's half of an exchange whose asynchronous processing has begun. */
    ClientExchange exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async)
            throws IOException;

    /**
     * Has something done when the whole server is about to stop, before it cuts connections; may be too much to ask of a
     * container, whose servlets are then destroyed while its connections still stand.
     */
    default void whenServerStops(Runnable action) {}

    /** Lets go of whatever runs in the background. */
    default void stop() {}
}
