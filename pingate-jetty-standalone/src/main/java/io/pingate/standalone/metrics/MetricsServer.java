package io.pingate.standalone.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pingate.servlet.config.MetricsAddress;
import io.pingate.servlet.event.GateListeners;
import io.pingate.servlet.metrics.GateMetrics;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A small server for the figures of a gate and its process, which starts and stops with the gate's own. */
public final class MetricsServer extends ContainerLifeCycle {
    /** One for connections, and some for answers: scrapers come one by one. */
    private static final int MAX_THREADS = 4;
    /** An open port doesn't cost the gate its descriptors. */
    private static final int MAX_CONNECTIONS = 32;

    private final GateListeners listeners;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final GateMetrics metrics = new GateMetrics(registry);
    private final ProcessMetrics process = new ProcessMetrics();
    private final MetricsAddress address;
    private final ServerConnector connector;

    /**
     * Builds the server; nothing listens yet, and nothing is counted.
     *
     * @param address where to listen
     * @param listeners of the gate whose figures they are
     */
    public MetricsServer(MetricsAddress address, GateListeners listeners) {
        this.address = address;
        this.listeners = listeners;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("metrics");
        threads.setReservedThreads(0);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(http));
        connector.setHost(address.host());
        connector.setPort(address.port());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        server.setHandler(new MetricsHandler(registry.getPrometheusRegistry()));
        addBean(server);
    }

    @Override
    protected void doStart() throws Exception {
        process.bindTo(registry);
        listeners.add(metrics);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        listeners.remove(metrics);
        process.close();
        registry.close();
    }

    /** {@return where it was to listen} */
    public MetricsAddress address() {
        return address;
    }

    /** {@return the port that is listened on, the one that was chosen where the setting is 0} */
    public int port() {
        return connector.getLocalPort();
    }
}
