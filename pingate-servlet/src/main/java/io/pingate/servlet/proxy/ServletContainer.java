package io.pingate.servlet.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Any container, through the Servlet API alone. */
final class ServletContainer implements Container {
    @Override
    public ClientExchange exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async)
            throws IOException {
        return new ServletExchange(request, response, async);
    }
}
