package io.pingate.servlet.proxy;

import io.pingate.proxy.Route;
import io.pingate.proxy.RouteVerdict;
import io.pingate.proxy.Upstream;
import io.pingate.servlet.Admission;
import io.pingate.servlet.GateTerms;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.config.Routes;
import io.pingate.servlet.config.UpstreamTls;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.intercept.ExchangeInterceptor;
import io.pingate.servlet.proxy.intercept.ProxyResources;
import io.pingate.servlet.proxy.tunnel.TunnelResources;
import io.pingate.servlet.proxy.upstream.UpstreamSsl;
import io.pingate.servlet.proxy.upstream.Upstreams;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ClientConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of each request, asks it whether the request may pass, and sets the exchange going. */
public final class UpstreamProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxy.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final PinGateSettings settings;
    private final ProxyResources resources;
    /** Unbounded: what waited for a free thread would hold up whoever waits for it. Mostly there is none. */
    private final ExecutorService threads = Executors.newCachedThreadPool(UpstreamProxy::thread);

    private final OpenExchanges openExchanges;
    private final WebSocketTunnels tunnels;
    private final ProxyExchange.Shared shared;
    private final Upstreams upstreams;
    private UpstreamTls upstreamTls = UpstreamTls.standard();
    private volatile Rules rules;

    /** What is made of a gate's terms once. */
    private record Rules(GateTerms terms, ErrorPages errors, ExchangeInterceptor interceptor) {}

    /**
     * Starts to proxy.
     *
     * @param settings where to, and by which rules
     * @param connector makes the connections, and lends its threads, timers and buffers; started
     * @param contextPath where the webapp lies, empty at the root
     */
    public UpstreamProxy(PinGateSettings settings, ClientConnector connector, String contextPath) {
        settings.lookElsewhere(connector.getExecutor());
        this.settings = settings;
        this.resources = new ProxyResources(connector.getByteBufferPool(), threads, contextPath);
        this.rules = rules(settings.now());
        this.openExchanges = new OpenExchanges(connector.getScheduler(), settings::heed);
        this.tunnels = new WebSocketTunnels(
                new TunnelResources(
                        connector.getExecutor(),
                        connector.getScheduler(),
                        connector.getByteBufferPool(),
                        settings.listeners()),
                openExchanges);
        this.upstreams = new Upstreams(connector, settings.upstreamTimeout());
        heedCertificates();
        this.shared = new ProxyExchange.Shared(
                upstreams,
                tunnels,
                openExchanges,
                new UpstreamFailureLog(),
                connector.getExecutor(),
                settings.listeners());
        openExchanges.watch();
        upstreams.start();
        settings.readiness().by(() -> {
            heedCertificates();
            return UpstreamCheck.of(Routes.tool(settings.routes()), upstreams, connector.getScheduler());
        });
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "pingate-decoder");
        thread.setDaemon(true);
        return thread;
    }

    private Rules rules(GateTerms terms) {
        return new Rules(
                terms, new ErrorPages(terms.dress()), terms.interceptor().create(resources));
    }

    /** Those by which the request was let in, unless a filter with settings of its own has done so. */
    private Rules rules(Admission admission) {
        GateTerms terms = settings.areThose(admission.terms()) ? admission.terms() : settings.now();
        Rules now = rules;
        if (now.terms != terms) {
            heedCertificates();
            now = rules(terms);
            rules = now;
        }
        return now;
    }

    /** What the settings say goes for the tool, which is the last of the routes; an LLM server may be anywhere. */
    private synchronized void heedCertificates() {
        GateTerms now = settings.now();
        UpstreamTls tls = now.upstreamTls();
        if (tls.equals(upstreamTls)) {
            return;
        }
        Upstream tool = Routes.tool(now.routes()).upstream();
        upstreams.knowBy(
                tool.scheme().equals("https") && !tls.equals(UpstreamTls.standard())
                        ? Map.of(
                                tool,
                                new UpstreamSsl(tls.sslContext(), tls.name().orElse(null), tls.checked()))
                        : Map.of());
        upstreamTls = tls;
    }

    /**
     * One request as its server holds it.
     */
    public interface Door {
        /**
         * Answers it; its body may be there to be read.
         *
         * @throws IOException when the client is gone
         */
        void answer(Answer answer) throws IOException;

        /**
         * Begins its exchange.
         *
         * @throws IOException when the client is gone
         */
        ClientExchange exchange() throws IOException;

        /** {@return whether it is a WebSocket's handshake over HTTP/2, shown as a GET of HTTP/1.1 (RFC 8441)} */
        boolean isExtendedConnect();
    }

    /**
     * Serves a request that was let through.
     *
     * @param admission what was found out about it
     * @param door the request
     * @throws IOException when the client is gone
     */
    public void serve(Admission admission, Door door) throws IOException {
        Rules now = rules(admission);
        Route route = now.terms.routes().of(admission.target());
        RouteVerdict verdict = route.judge(
                admission.method(), admission.target(), admission.forwarding(), admission.by(), admission.headers());
        boolean handshake = WebSocketHandshake.isUpgrade(admission.headers());
        ProxiedRequest call =
                new ProxiedRequest(admission, route, verdict.headers(), handshake, now.errors, now.interceptor);
        if (verdict instanceof RouteVerdict.Refuse refusal) {
            admission.noteRefusal(refusal.status(), refusal.reason());
            door.answer(call.error(refusal.status(), refusal.reason()));
            return;
        }
        Optional<WebSocketHandshake.Refusal> refused =
                handshake ? WebSocketHandshake.refusal(admission, door.isExtendedConnect()) : Optional.empty();
        if (refused.isPresent()) {
            WebSocketHandshake.Refusal refusal = refused.get();
            door.answer(call.error(refusal.status(), refusal.reason()).with(refusal.fields()));
            return;
        }
        new ProxyExchange(shared, call, door.exchange()).start();
    }

    /** Gives the ends of open WebSockets the time to take leave. */
    public void endTunnels() {
        try {
            tunnels.closeAll().get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("{} WebSockets don't take leave", tunnels.size());
        }
    }

    @Override
    public void close() {
        endTunnels();
        openExchanges.stop();
        upstreams.stop();
        threads.shutdownNow();
    }
}
