package io.pingate.standalone;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.access.AccessLog;
import io.pingate.servlet.config.ListenerTls;
import io.pingate.servlet.config.MetricsAddress;
import io.pingate.servlet.handler.GateRequestLog;
import io.pingate.servlet.handler.PinGateHandler;
import io.pingate.servlet.page.Dress;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.standalone.connector.AdmittedRequests;
import io.pingate.standalone.connector.ConnectionLimits;
import io.pingate.standalone.connector.GateConnector;
import io.pingate.standalone.metrics.MetricsServer;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate with an HTTP server of its own: HTTP/1.1 and HTTP/2 on one port, with TLS or without. */
public final class PingateServer implements AutoCloseable {
    /** How long running requests may take to end once the server is asked to stop. */
    static final Duration DRAIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PingateServer.class);
    private static final int MAX_THREADS = 400;
    private static final int MIN_THREADS = 4;

    private final Server server = new Server(threads());
    private final GateConnector connector;
    private final GracefulHandler requests;
    private Optional<AccessLog> accessLog = Optional.empty();
    private Optional<MetricsServer> metrics = Optional.empty();

    /**
     * Builds the server; nothing listens yet.
     *
     * @param settings where to listen, and what the gate and the proxy go by
     */
    public PingateServer(PinGateSettings settings) {
        this(
                settings.host(),
                settings.port(),
                settings.listenerTls().isPresent() ? () -> tls(settings) : null,
                ConnectionLimits.USUAL,
                new PinGateHandler(settings, AdmittedRequests::enter),
                settings::dress);
        accessLog = settings.openAccessLog();
        accessLog.ifPresent(log -> server.setRequestLog(new GateRequestLog(settings, log)));
        metrics = metrics(settings);
        if (metrics.isPresent()) {
            server.addBean(metrics.get());
        }
    }

    /** {@code tls} is null for a server without. */
    PingateServer(
            String host,
            int port,
            @Nullable Supplier<ListenerTls> tls,
            ConnectionLimits limits,
            Handler gate,
            Supplier<Dress> dress) {
        connector = tls == null
                ? new GateConnector(server, GateHttp.configuration(HttpScheme.HTTP), host, port, limits)
                : new GateConnector(server, GateHttp.configuration(HttpScheme.HTTPS), host, port, limits, tls);
        server.addConnector(connector);
        requests = new GracefulHandler(gate);
        server.setHandler(requests);
        server.setErrorHandler(new GateErrors(() -> new ErrorPages(dress.get())));
    }

    private static ListenerTls tls(PinGateSettings settings) {
        settings.heed();
        // It never ends in a gate that was started with it.
        return settings.listenerTls().orElseThrow();
    }

    /** Without a lambda, which would have classes loaded that most gates never need. */
    private static Optional<MetricsServer> metrics(PinGateSettings settings) {
        Optional<MetricsAddress> address = settings.metrics();
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(new MetricsServer(address.get(), settings.listeners()));
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when the address can't be listened on; its message says so in one line
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            IOException told = e.getCause() instanceof BindException bind ? new IOException(refusal(bind), e) : e;
            close();
            throw told;
        } catch (SettingsException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the server doesn't start", e);
        }
    }

    /**
     * The port that is listened on.
     *
     * @return the one that was chosen, where the setting is 0
     */
    public int port() {
        return connector.getLocalPort();
    }

    /** {@return the port on which the figures are to be had; empty when they are nowhere} */
    OptionalInt metricsPort() {
        return metrics.stream().mapToInt(MetricsServer::port).findAny();
    }

    /**
     * Waits for the server to stop.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public void join() throws InterruptedException {
        server.join();
    }

    /** {@return how many requests are being answered; a stopping server waits for them} */
    long runningRequests() {
        return requests.getCurrentRequestCount();
    }

    /** {@return how many clients are connected, those included whose connection is being closed} */
    int openConnections() {
        return connector.openConnections();
    }

    /** Stops listening, lets running requests end for up to 10 s, then closes whatever is left. */
    @Override
    public void close() {
        connector.close();
        try {
            // Open WebSockets are no requests: they are told at once.
            Graceful.shutdown(requests).get(DRAIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.info("Requests that did not end within {} s are cut off.", DRAIN.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("running requests can't be waited for", e);
        }
        try {
            // Before the server, which closes its connections first: WebSockets send a Close frame over theirs.
            requests.stop();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server doesn't stop", e);
        } finally {
            accessLog.ifPresent(AccessLog::close);
        }
    }

    private String refusal(BindException e) {
        return metrics.filter(MetricsServer::isFailed)
                .map(MetricsServer::address)
                .map(address -> Setting.METRICS_PORT.environmentName() + ": "
                        + refusal(e, address.host(), address.port(), Setting.METRICS_HOST))
                .orElseGet(() -> refusal(e, connector.getHost(), connector.getPort(), Setting.HOST));
    }

    private static String refusal(BindException e, String host, int port, Setting hostSetting) {
        String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        String where = "port " + port + " on " + host;
        if (reason.contains("in use")) {
            return where + " is taken; stop the program that listens there, or choose another port (0: any free one)";
        }
        if (reason.contains("permission")) {
            return where + " may not be used by this user; choose a port from 1024 up";
        }
        return where + " can't be listened on; " + hostSetting.environmentName()
                + " must be an address of this machine";
    }

    /** For what takes time: a selector's thread goes all the way with everything else. */
    private static ThreadPool threads() {
        return new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    }
}
