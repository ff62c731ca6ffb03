package io.pingate.servlet.proxy.upstream;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Makes the connections to upstreams: stream sockets, in the network's or the file system's name space. */
public class UpstreamConnector extends ClientConnector {
    /** The largest buffer that is kept for the next one who needs it; larger ones are for the collector. */
    public static final int MAX_POOLED_BYTES = 128 * 1024;

    private static final int POOL_STEP_BYTES = 4 * 1024;
    private static final String NEAR = UpstreamConnector.class.getName() + ".near";

    private final @Nullable SharedSelectors shared;

    /**
     * A connector with a selector of its own, not started yet.
     *
     * @param executor runs connects and what little isn't done by the selector itself
     * @param connectTimeout how long a connection may take, its TLS handshake included
     */
    public UpstreamConnector(Executor executor, Duration connectTimeout) {
        this(executor, connectTimeout, null);
    }

    /**
     * The same, on the selectors of a server.
     *
     * @param shared the server; null for a selector of its own
     */
    public UpstreamConnector(Executor executor, Duration connectTimeout, @Nullable SharedSelectors shared) {
        this.shared = shared;
        setExecutor(executor);
        setScheduler(new UpstreamScheduler());
        setSelectors(1);
        setConnectTimeout(connectTimeout);
        // Silence is a stream's right; what else takes too long is for the sweep of the upstreams.
        setIdleTimeout(Duration.ZERO);
        setByteBufferPool(new ArrayByteBufferPool(0, POOL_STEP_BYTES, MAX_POOLED_BYTES));
        setSslContextFactory(new LateTls());
    }

    @Override
    public ClientConnectionFactory newSslClientConnectionFactory(
            SslContextFactory.@Nullable Client ssl, ClientConnectionFactory plain) {
        if (ssl == null && getSslContextFactory() instanceof LateTls late) {
            late.load();
        }
        return super.newSslClientConnectionFactory(ssl, plain);
    }

    /** Loads what Java has of TLS, 300 classes and its certificates, for the first connection that needs it. */
    private static final class LateTls extends SslContextFactory.Client {
        private boolean loaded;

        @Override
        protected void doStart() {
            loaded = false;
        }

        private synchronized void load() {
            if (!loaded) {
                try {
                    super.doStart();
                } catch (Exception e) {
                    throw new IllegalStateException("TLS towards the upstream can't be set up", e);
                }
                loaded = true;
            }
        }
    }

    /** Asks for a connection on this selector, as far as the connector shares those of a server. */
    static void near(@Nullable ManagedSelector selector, Map<String, Object> context) {
        if (selector != null) {
            context.put(NEAR, selector);
        }
    }

    @Override
    protected SelectorManager newSelectorManager() {
        return shared == null ? super.newSelectorManager() : new Forwarding(shared);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return new UpstreamSocket((SocketChannel) channel, selector, key, getScheduler());
    }

    /** Has no selector; what the connector has begun to connect goes on at the server's. */
    private final class Forwarding extends SelectorManager {
        private final SharedSelectors server;

        private Forwarding(SharedSelectors server) {
            super(UpstreamConnector.this.getExecutor(), UpstreamConnector.this.getScheduler(), 1);
            this.server = server;
        }

        @Override
        protected void doStart() {
            server.setConnectTimeout(UpstreamConnector.this.getConnectTimeout());
        }

        @Override
        protected void doStop() {}

        @Override
        public void connect(SelectableChannel channel, Object attachment) {
            take(channel, false, attachment);
        }

        @Override
        public void accept(SelectableChannel channel, Object attachment) {
            take(channel, true, attachment);
        }

        @SuppressWarnings("unchecked")
        private void take(SelectableChannel channel, boolean connected, Object attachment) {
            Map<String, Object> context = (Map<String, Object>) attachment;
            server.take(channel, connected, new Connecting(context), (ManagedSelector) context.get(NEAR));
        }

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            throw new IllegalStateException("there is no selector here");
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment) {
            throw new IllegalStateException("there is no selector here");
        }
    }

    private final class Connecting implements SharedSelectors.Outgoing {
        private final Map<String, Object> context;

        private Connecting(Map<String, Object> context) {
            this.context = context;
        }

        @Override
        public SocketChannelEndPoint endPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            return newEndPoint(channel, selector, key);
        }

        @Override
        public Connection connection(EndPoint endPoint) throws IOException {
            return newConnection(endPoint, context);
        }

        @Override
        public void failed(SelectableChannel channel, Throwable cause) {
            connectFailed(channel, (SocketAddress) context.get(REMOTE_SOCKET_ADDRESS_CONTEXT_KEY), cause, context);
        }
    }
}
