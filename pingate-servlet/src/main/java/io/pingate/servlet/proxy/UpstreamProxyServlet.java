package io.pingate.servlet.proxy;

import io.pingate.servlet.Admission;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.proxy.client.Container;
import io.pingate.servlet.proxy.client.servlet.ServletExchange;
import io.pingate.servlet.proxy.upstream.UpstreamClient;
import io.pingate.servlet.webapp.ScopedResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.proxy.ProxyServlet;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Passes what the {@link io.pingate.servlet.PinGateFilter} let through to the upstream: HTTP, event streams, WebSocket.
 *
 * <p>From Jetty's servlet come the life of the HTTP client and its place in the container. The data path is our own,
 * since Jetty's parses and rejoins header values, normalises targets and holds the response head back. Settings are
 * those of the web application's {@link PinGateSettings}.
 */
public final class UpstreamProxyServlet extends ProxyServlet {
    private static final long serialVersionUID = 1;
    private static final String JETTY_EXECUTOR = "org.eclipse.jetty.server.Executor";
    private static final int MAX_THREADS = 64;

    private transient @Nullable UpstreamProxy proxy;
    private transient @Nullable Container container;

    /** Creates the servlet; the container initialises it. */
    public UpstreamProxyServlet() {}

    @Override
    public void init() throws ServletException {
        super.init();
        PinGateSettings settings = PinGateSettings.of(getServletContext());
        ClientConnector connector = UpstreamClient.connector(getHttpClient());
        UpstreamProxy started =
                new UpstreamProxy(settings, connector, getServletContext().getContextPath());
        proxy = started;
        Container found = Containers.of(getServletContext(), connector.getScheduler(), connector.getExecutor());
        container = found;
        found.whenServerStops(started::endTunnels);
    }

    @Override
    protected HttpClient createHttpClient() throws ServletException {
        HttpClient client = UpstreamClient.create(
                executor(), PinGateSettings.of(getServletContext()).connectTimeout());
        try {
            client.start();
        } catch (Exception e) {
            throw new ServletException("the client for the upstream does not start", e);
        }
        return client;
    }

    /** On Jetty the server's own threads serve both sides; elsewhere the client brings a few. */
    private Executor executor() {
        if (getServletContext().getAttribute(JETTY_EXECUTOR) instanceof Executor jetty) {
            return jetty;
        }
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2);
        threads.setName("pingate-upstream");
        threads.setDaemon(true);
        return threads;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getAttribute(ServletExchange.CUT) instanceof ServletExchange exchange) {
            throw exchange.cut();
        }
        Admission admission = Admission.of(request);
        if (admission == null) {
            // Never open by mistake: without its filter the servlet serves nobody.
            throw new ServletException("PinGateFilter must be mapped in front of UpstreamProxyServlet, to /*");
        }
        ServletDoor door = new ServletDoor(request, ScopedResponse.unwrap(response), Objects.requireNonNull(container));
        Objects.requireNonNull(proxy, "init was not called").serve(admission, door);
    }

    @Override
    public void destroy() {
        if (proxy != null) {
            proxy.close();
        }
        if (container != null) {
            container.stop();
        }
        super.destroy();
    }
}
