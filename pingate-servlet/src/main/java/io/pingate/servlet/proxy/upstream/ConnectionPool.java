package io.pingate.servlet.proxy.upstream;

import io.pingate.proxy.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** The connections of one selector to one upstream: those at rest, and how new ones are made. */
final class ConnectionPool {
    /** Shorter than what common servers keep an idle connection open, so that we rarely meet one that just closed. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    private final Upstream upstream;
    private final @Nullable ManagedSelector near;
    private final ClientConnector connector;
    /** The one that rested last goes first: the others may then grow old. */
    private final ConcurrentLinkedDeque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();

    /** Gives null for what Java takes by itself, which the connector knows. */
    private final Supplier<@Nullable UpstreamSsl> ssl;

    private volatile boolean closed;

    ConnectionPool(
            Upstream upstream,
            @Nullable ManagedSelector near,
            ClientConnector connector,
            Supplier<@Nullable UpstreamSsl> ssl) {
        this.ssl = ssl;
        this.upstream = upstream;
        this.near = near;
        this.connector = connector;
    }

    Executor executor() {
        return connector.getExecutor();
    }

    ByteBufferPool buffers() {
        return connector.getByteBufferPool();
    }

    /**
     * Has a call served.
     *
     * @param fresh whether by a new connection in any case
     */
    void serve(UpstreamCall call, boolean fresh) {
        UpstreamConnection resting = fresh ? null : idle.pollFirst();
        while (resting != null && !resting.serveAgain(call)) {
            resting = idle.pollFirst();
        }
        if (resting == null) {
            connect(call);
        }
    }

    void keep(UpstreamConnection connection) {
        idle.addFirst(connection);
        if (closed) {
            connection.retire();
        }
    }

    void drop(UpstreamConnection connection) {
        idle.remove(connection);
    }

    void closeOld(long now) {
        long limit = now - IDLE_TIMEOUT.toNanos();
        for (UpstreamConnection connection : idle) {
            if (NanoTime.isBefore(connection.idleSince(), limit)) {
                connection.retire();
            }
        }
    }

    /** Closes those that serve nobody, and the others when they have ended what they serve. */
    void close() {
        closed = true;
        idle.forEach(UpstreamConnection::retire);
    }

    private void connect(UpstreamCall call) {
        String unixPath = upstream.unixPath();
        if (unixPath != null) {
            connect(call, null, new Transport.TCPUnix(Path.of(unixPath)), new ArrayDeque<>());
        } else if (isLiteral(upstream.host())) {
            connectByName(call);
        } else {
            // A name server may take its time. It is asked for each connection anew, since containers move.
            executor().execute(() -> connectByName(call));
        }
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private void connectByName(UpstreamCall call) {
        try {
            connectToNext(call, new ArrayDeque<>(List.of(InetAddress.getAllByName(upstream.host()))));
        } catch (UnknownHostException e) {
            call.notConnected(e);
        }
    }

    /** One after the other, since "localhost" may have two addresses and the upstream but one. */
    private void connectToNext(UpstreamCall call, Queue<InetAddress> addresses) {
        InetSocketAddress address = new InetSocketAddress(addresses.remove(), upstream.port());
        connect(call, address, Transport.TCP_IP, addresses);
    }

    private void connect(
            UpstreamCall call, @Nullable SocketAddress address, Transport transport, Queue<InetAddress> others) {
        ClientConnectionFactory plain = (endPoint, context) -> new UpstreamConnection(endPoint, this, call);
        Map<String, Object> context = new HashMap<>();
        context.put(Transport.CONTEXT_KEY, transport);
        UpstreamConnector.near(near, context);
        context.put(
                ClientConnectionFactory.CONTEXT_KEY,
                upstream.scheme().equals("https") ? connector.newSslClientConnectionFactory(ssl.get(), plain) : plain);
        context.put(ClientConnector.CONNECTION_PROMISE_CONTEXT_KEY, new Promise<Connection>() {
            @Override
            public void failed(Throwable cause) {
                if (others.isEmpty() || !(cause instanceof IOException)) {
                    call.notConnected(cause);
                } else {
                    connectToNext(call, others);
                }
            }
        });
        connector.connect(address, context);
    }
}
