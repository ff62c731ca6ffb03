package io.pingate.servlet.proxy.client.servlet;

import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.client.Container;
import io.pingate.servlet.proxy.client.TunnelUpgrade;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.eclipse.jetty.io.EofException;

/** Any container, through the Servlet API. */
public class ServletContainer implements Container {
    private final Executor executor;

    /**
     * Any container.
     *
     * @param executor threads that aren't the container's own
     */
    public ServletContainer(Executor executor) {
        this.executor = executor;
    }

    /** Threads that aren't the container's own. */
    final Executor executor() {
        return executor;
    }

    @Override
    public final ClientExchange exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async)
            throws IOException {
        return new ServletExchange(request, response, async, this);
    }

    /** What the container hands a connection over to when it leaves HTTP. */
    protected Class<? extends TunnelUpgrade> upgrade() {
        return ServletEnd.Upgrade.class;
    }

    /** Adds fields to a response's head. */
    protected BiConsumer<String, String> fields(HttpServletResponse response) {
        return response::addHeader;
    }

    /** Cuts a response short, on a thread of the container's; what is returned, the servlet has to throw. */
    protected IOException cut(HttpServletResponse response) {
        return new EofException("the response was cut short");
    }
}
