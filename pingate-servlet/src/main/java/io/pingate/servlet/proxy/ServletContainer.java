package io.pingate.servlet.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Any container, through the Servlet API. */
final class ServletContainer implements Container {
    private final Class<? extends TunnelUpgrade> upgrade;

    /**
     * Takes the one thing that the Servlet API doesn't do well everywhere.
     *
     * @param upgrade what the container hands a connection over to when it leaves HTTP
     */
    ServletContainer(Class<? extends TunnelUpgrade> upgrade) {
        this.upgrade = upgrade;
    }

    @Override
    public ClientExchange exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async)
            throws IOException {
        return new ServletExchange(request, response, async, upgrade);
    }
}
