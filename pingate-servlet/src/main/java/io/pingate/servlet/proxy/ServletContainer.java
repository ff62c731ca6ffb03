package io.pingate.servlet.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EofException;

/** Any container, through the Servlet API. */
class ServletContainer implements Container {
    @Override
    public final ClientExchange exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async)
            throws IOException {
        return new ServletExchange(request, response, async, this);
    }

    /** What the container hands a connection over to when it leaves HTTP. */
    Class<? extends TunnelUpgrade> upgrade() {
        return ServletEnd.Upgrade.class;
    }

    /** What a servlet throws to have its connection cut. */
    IOException cut() {
        return new EofException("the response was cut short");
    }

    /** Sends an interim response; the Servlet API 6.0 has no call for it. */
    void interim(HttpServletResponse response, int status, Consumer<BiConsumer<String, String>> fields) {}
}
