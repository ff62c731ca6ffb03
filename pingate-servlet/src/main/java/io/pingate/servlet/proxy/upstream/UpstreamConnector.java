package io.pingate.servlet.proxy.upstream;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;

/** Makes the connections to upstreams: stream sockets, in the network's or the file system's name space. */
public class UpstreamConnector extends ClientConnector {
    /** The largest buffer that is kept for the next one who needs it; larger ones are for the collector. */
    public static final int MAX_POOLED_BYTES = 128 * 1024;

    private static final int POOL_STEP_BYTES = 4 * 1024;

    /**
     * A connector that is not started yet.
     *
     * @param executor runs connects and what little isn't done by the selector itself
     * @param connectTimeout how long a connection may take, its TLS handshake included
     */
    public UpstreamConnector(Executor executor, Duration connectTimeout) {
        setExecutor(executor);
        setScheduler(new UpstreamScheduler());
        setSelectors(1);
        setConnectTimeout(connectTimeout);
        // Silence is a stream's right; what else takes too long is for the sweep of the upstreams.
        setIdleTimeout(Duration.ZERO);
        setByteBufferPool(new ArrayByteBufferPool(0, POOL_STEP_BYTES, MAX_POOLED_BYTES));
    }

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return new UpstreamSocket((SocketChannel) channel, selector, key, getScheduler());
    }
}
