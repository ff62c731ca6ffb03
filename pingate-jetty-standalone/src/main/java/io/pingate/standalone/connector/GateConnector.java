package io.pingate.standalone.connector;

import io.pingate.servlet.config.ListenerTls;
import io.pingate.servlet.proxy.upstream.SharedSelectors;
import io.pingate.servlet.proxy.upstream.TcpOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for HTTP/1.1 and HTTP/2 on one port: with TLS, or without it, and then for HTTP/2 from a proxy that knows of it
 * beforehand.
 */
public final class GateConnector extends ServerConnector implements SharedSelectors {
    private static final Logger LOG = LoggerFactory.getLogger(GateConnector.class);

    private static final int WAITING_TO_BE_ACCEPTED = 512;
    private static final long SWEEP_MILLIS = 1_000;

    private final ConnectionLimits limits;
    private final @Nullable CurrentCertificate certificate;
    private final ClientConnections connections = new ClientConnections(() -> isShutdown() || !isRunning());
    private final DescriptorGuard descriptors = new DescriptorGuard(Descriptors.ofThisProcess(), connections);

    /**
     * A connector that does not listen yet, and will speak no TLS.
     *
     * @param server whose threads it uses
     * @param http what is taken for HTTP
     * @param host the address to listen on
     * @param port the port, 0 for any free one
     * @param limits how long a connection may take
     */
    public GateConnector(Server server, HttpConfiguration http, String host, int port, ConnectionLimits limits) {
        this(server, http, host, port, limits, null, new Http1(http), new Http2(http, limits, Http2.WITHOUT_TLS));
    }

    /**
     * A connector that does not listen yet, and will speak TLS.
     *
     * @param server whose threads it uses
     * @param http what is taken for HTTP
     * @param host the address to listen on
     * @param port the port, 0 for any free one
     * @param limits how long a connection may take
     * @param tls the certificate of the moment; asked in each handshake, and once a second, so that another one is seen
     *     before somebody comes
     */
    public GateConnector(
            Server server,
            HttpConfiguration http,
            String host,
            int port,
            ConnectionLimits limits,
            Supplier<ListenerTls> tls) {
        this(server, http, host, port, limits, new CurrentCertificate(tls));
    }

    private GateConnector(
            Server server,
            HttpConfiguration http,
            String host,
            int port,
            ConnectionLimits limits,
            CurrentCertificate certificate) {
        this(server, http, host, port, limits, certificate, Tls.factories(certificate));
        addConnectionFactory(new Http1(http));
        addConnectionFactory(new Http2(http, limits, Http2.OVER_TLS));
    }

    private GateConnector(
            Server server,
            HttpConfiguration http,
            String host,
            int port,
            ConnectionLimits limits,
            @Nullable CurrentCertificate certificate,
            ConnectionFactory... factories) {
        super(server, factories);
        this.limits = limits;
        this.certificate = certificate;
        http.addCustomizer(new RequestsUnderWay());
        http.addCustomizer(new ExtendedConnect());
        setHost(host);
        setPort(port);
        setIdleTimeout(limits.idle().toMillis());
        setAcceptQueueSize(WAITING_TO_BE_ACCEPTED);
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new Selectors(executor, scheduler, selectors);
    }

    @Override
    public void take(SelectableChannel channel, boolean connected, Outgoing outgoing, @Nullable ManagedSelector near) {
        ((Selectors) getSelectorManager()).take(channel, connected, outgoing, near);
    }

    @Override
    public void setConnectTimeout(Duration timeout) {
        getSelectorManager().setConnectTimeout(timeout.toMillis());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        sweepLater();
    }

    /**
     * How many clients are connected.
     *
     * @return those included whose connection is being closed
     */
    public int openConnections() {
        return connections.size();
    }

    /** One sweep over all connections costs less than a timer for each. */
    private void sweepLater() {
        if (isRunning()) {
            getScheduler()
                    .schedule(
                            () -> {
                                try {
                                    sweep();
                                } finally {
                                    sweepLater();
                                }
                            },
                            SWEEP_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        connections.sweep(limits);
        if (certificate != null) {
            certificate.look();
        }
    }

    @Override
    public void accept(int acceptor) throws IOException {
        super.accept(acceptor);
        descriptors.accepted();
    }

    /** Mostly there are too many descriptors open; whatever it is, to go on listening is the right thing to do. */
    @Override
    protected boolean handleAcceptFailure(Throwable failure) {
        if (!isRunning() || failure instanceof ClosedChannelException) {
            return false;
        }
        LOG.debug("a connection could not be accepted", failure);
        try {
            descriptors.refused();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return isRunning();
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        connections.opened(endPoint);
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        connections.closed(endPoint);
        super.onEndPointClosed(endPoint);
    }

    @Override
    protected void configure(Socket socket) {
        super.configure(socket);
        TcpOptions.keepAlive(socket.getChannel());
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new ClientEndPoint(channel, selector, key, getScheduler(), connections);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** Serve the connections of clients, and beside each those to upstreams that its requests need. */
    private final class Selectors extends ServerConnectorManager {
        /** Which of them is to be chosen, while this thread adds a connection to an upstream. */
        private static final ThreadLocal<@Nullable ManagedSelector> CHOSEN = new ThreadLocal<>();

        private Selectors(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        private void take(
                SelectableChannel channel, boolean connected, Outgoing outgoing, @Nullable ManagedSelector near) {
            CHOSEN.set(near);
            try {
                if (connected) {
                    accept(channel, outgoing);
                } else {
                    connect(channel, outgoing);
                }
            } finally {
                CHOSEN.remove();
            }
        }

        @Override
        protected ManagedSelector chooseSelector() {
            ManagedSelector near = CHOSEN.get();
            return near == null ? super.chooseSelector() : near;
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(
                SelectableChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
            return key.attachment() instanceof Outgoing outgoing
                    ? outgoing.endPoint(channel, selector, key)
                    : super.newEndPoint(channel, selector, key);
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment)
                throws IOException {
            return attachment instanceof Outgoing outgoing
                    ? outgoing.connection(endPoint)
                    : super.newConnection(channel, endPoint, attachment);
        }

        @Override
        protected void connectionFailed(SelectableChannel channel, Throwable failure, Object attachment) {
            if (attachment instanceof Outgoing outgoing) {
                outgoing.failed(channel, failure);
            }
        }

        @Override
        protected void onAcceptFailed(SelectableChannel channel, Throwable failure, Object attachment) {
            if (attachment instanceof Outgoing outgoing) {
                outgoing.failed(channel, failure);
            } else {
                super.onAcceptFailed(channel, failure, attachment);
            }
        }

        @Override
        protected void endPointOpened(EndPoint endPoint) {
            if (endPoint instanceof ClientEndPoint) {
                super.endPointOpened(endPoint);
            }
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            if (endPoint instanceof ClientEndPoint) {
                super.endPointClosed(endPoint);
            }
        }
    }

    private static final class Http1 extends HttpConnectionFactory {
        private Http1(HttpConfiguration http) {
            super(http);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(new GateConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
        }
    }
}
