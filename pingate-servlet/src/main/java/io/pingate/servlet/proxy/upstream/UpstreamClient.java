package io.pingate.servlet.proxy.upstream;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;

/**
 * Makes the HTTP client that Jetty's proxy servlet keeps for its life. No request goes through it: its connector, its
 * buffers, its scheduler and its threads serve the {@link Upstreams}.
 */
public final class UpstreamClient {
    /** The largest buffer that is kept for the next one who needs it; larger ones are for the collector. */
    public static final int MAX_POOLED_BYTES = 128 * 1024;

    private static final int POOL_STEP_BYTES = 4 * 1024;

    private UpstreamClient() {}

    /** All upstreams are reached over stream sockets, in the network's or the file system's name space. */
    private static final class Connector extends ClientConnector {
        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            return new UpstreamSocket((SocketChannel) channel, selector, key, getScheduler());
        }
    }

    /**
     * Configures a client; the caller starts it.
     *
     * @param executor runs connects and what little isn't done by the selector itself
     * @param connectTimeout how long a connection may take, its TLS handshake included
     * @return the client
     */
    public static HttpClient create(Executor executor, Duration connectTimeout) {
        ClientConnector connector = new Connector();
        connector.setExecutor(executor);
        connector.setSelectors(1);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setName("pingate-upstream");
        client.setExecutor(executor);
        client.setScheduler(new UpstreamScheduler());
        client.setConnectTimeout(connectTimeout.toMillis());
        // Silence is a stream's right; what else takes too long is for the sweep of the upstreams.
        client.setIdleTimeout(0);
        client.setByteBufferPool(new ArrayByteBufferPool(0, POOL_STEP_BYTES, MAX_POOLED_BYTES));
        return client;
    }
}
