package io.pingate.servlet.proxy;

import io.pingate.proxy.Route;
import io.pingate.proxy.RouteTable;
import io.pingate.proxy.RouteVerdict;
import io.pingate.proxy.Upstream;
import io.pingate.servlet.Admission;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.config.UpstreamTls;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.AnswerWriter;
import io.pingate.servlet.page.Audience;
import io.pingate.servlet.page.GatePages;
import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.client.Container;
import io.pingate.servlet.proxy.intercept.ProxyResources;
import io.pingate.servlet.proxy.tunnel.TunnelResources;
import io.pingate.servlet.proxy.upstream.UpstreamSsl;
import io.pingate.servlet.proxy.upstream.Upstreams;
import io.pingate.servlet.webapp.ScopedResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of each request, asks it whether the request may pass, and sets the exchange going. */
final class UpstreamProxy {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxy.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final RouteTable routes;
    private final OpenExchanges openExchanges;
    private final WebSocketTunnels tunnels;
    private final ProxyExchange.Shared shared;
    private final Upstreams upstreams;
    private final Container container;

    UpstreamProxy(PinGateSettings settings, HttpClient client, ServletContext context) {
        this.routes = settings.routes();
        this.openExchanges = new OpenExchanges(client.getScheduler(), settings::heedSignOut);
        this.tunnels = new WebSocketTunnels(
                new TunnelResources(client.getExecutor(), client.getScheduler(), client.getByteBufferPool()),
                openExchanges);
        this.upstreams = new Upstreams(client, settings.upstreamTimeout(), ssl(settings));
        this.shared = new ProxyExchange.Shared(
                upstreams,
                settings.interceptor().create(new ProxyResources(client.getByteBufferPool())),
                tunnels,
                openExchanges,
                new UpstreamFailureLog(),
                client.getExecutor());
        this.container = Containers.of(context, client.getScheduler(), client.getExecutor());
        container.whenServerStops(this::endTunnels);
        openExchanges.watch();
        upstreams.start();
    }

    /** What the settings say goes for the tool, which is the last of the routes; an LLM server may be anywhere. */
    private static Map<Upstream, UpstreamSsl> ssl(PinGateSettings settings) {
        List<Route> routes = settings.routes().routes();
        Upstream tool = routes.get(routes.size() - 1).upstream();
        UpstreamTls tls = settings.upstreamTls();
        return tool.scheme().equals("https") && !tls.equals(UpstreamTls.standard())
                ? Map.of(tool, new UpstreamSsl(tls.sslContext(), tls.name().orElse(null), tls.checked()))
                : Map.of();
    }

    void handle(HttpServletRequest request, HttpServletResponse given) throws ServletException, IOException {
        HttpServletResponse response = ScopedResponse.unwrap(given);
        Admission admission = Admission.of(request);
        if (admission == null) {
            // Never open by mistake: without its filter the servlet serves nobody.
            throw new ServletException("PinGateFilter must be mapped in front of UpstreamProxyServlet, to /*");
        }
        Route route = routes.of(admission.target());
        RouteVerdict verdict = route.judge(
                request.getMethod(),
                admission.target(),
                admission.forwarding(),
                admission.signedIn(),
                admission.headers());
        boolean handshake = WebSocketHandshake.isUpgrade(request);
        ProxiedRequest call = new ProxiedRequest(request.getMethod(), admission, route, verdict.headers(), handshake);
        if (verdict instanceof RouteVerdict.Refuse refusal) {
            answer(request, response, call, refusal.status(), refusal.reason());
        } else if (handshake) {
            handshake(request, response, call);
        } else {
            exchange(request, response, call);
        }
    }

    private void handshake(HttpServletRequest request, HttpServletResponse response, ProxiedRequest call)
            throws IOException {
        Optional<WebSocketHandshake.Refusal> refusal = WebSocketHandshake.refusal(request);
        if (refusal.isPresent()) {
            refusal.get().fields().forEach(response::addHeader);
            answer(
                    request,
                    response,
                    call,
                    refusal.get().status(),
                    refusal.get().reason());
        } else {
            exchange(request, response, call);
        }
    }

    private void exchange(HttpServletRequest request, HttpServletResponse response, ProxiedRequest call)
            throws IOException {
        AsyncContext async = request.startAsync();
        // How long to wait is the upstream timeout's business; a stream may last for ever.
        async.setTimeout(0);
        ClientExchange client = container.exchange(request, response, async);
        new ProxyExchange(shared, call, client, (status, message) -> {
                    try {
                        answer(request, response, call, status, message);
                    } catch (IOException | IllegalStateException clientLeft) {
                        LOG.debug("nobody is left to be told of a {}", status);
                    }
                })
                .start();
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, ProxiedRequest call, int status, String message)
            throws IOException {
        Answer answer = GatePages.error(
                        Audience.of(request), status, message, call.route().errors())
                .with(call.finalFields());
        AnswerWriter.write(answer, response);
    }

    /** Gives the ends of open WebSockets the time to take leave. */
    private void endTunnels() {
        try {
            tunnels.closeAll().get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("{} WebSockets don't take leave", tunnels.size());
        }
    }

    void close() {
        endTunnels();
        openExchanges.stop();
        upstreams.stop();
        container.stop();
        shared.interceptor().close();
    }
}
