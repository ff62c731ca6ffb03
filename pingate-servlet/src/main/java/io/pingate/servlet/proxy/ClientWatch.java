package io.pingate.servlet.proxy;

import io.pingate.servlet.proxy.upstream.Repetition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that an HTTP/1.1 client has left while nothing is written to it: twice a second it looks at every socket
 * that waits for its upstream.
 *
 * <p>Jetty reads nothing from a connection between a request's last byte and the end of its response, so an end of
 * input goes unnoticed until the next write. What a look finds instead of the end is the client's next, pipelined
 * request; it is given back to the connection, and the connection is left alone from then on. As in nginx and Go's
 * server, a client that closes only its own half counts as gone.
 */
final class ClientWatch {
    private static final Duration PERIOD = Duration.ofMillis(500);
    /** Fits into any connection's own buffer, to which it may have to be given back. */
    private static final int PEEK_BYTES = 64;

    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
    private final ByteBuffer peeked = BufferUtil.allocate(PEEK_BYTES);
    private final Repetition watch;

    ClientWatch(Scheduler scheduler) {
        this.watch = new Repetition(scheduler, PERIOD, this::look);
    }

    void start() {
        watch.start();
    }

    void stop() {
        watch.stop();
    }

    /** Watches the request's connection, or returns null where the protocol itself tells that a client has left. */
    @Nullable
    Entry add(Request request, @Nullable ClientBody body, Consumer<Throwable> whenGone) {
        ConnectionMetaData meta = request.getConnectionMetaData();
        if (!(meta.getConnection() instanceof Connection.UpgradeTo connection)
                || meta.getHttpVersion().getVersion() > 11) {
            return null;
        }
        Entry entry = new Entry(meta.getConnection().getEndPoint(), connection, body, whenGone);
        entries.add(entry);
        return entry;
    }

    void remove(Entry entry) {
        entries.remove(entry);
        entry.close();
    }

    private void look() {
        for (Entry entry : entries) {
            if (entry.isGone(peeked)) {
                remove(entry);
                entry.whenGone.accept(new EofException("the client has closed its connection"));
            }
        }
    }

    /** One connection under watch. */
    static final class Entry {
        private final EndPoint endPoint;
        private final Connection.UpgradeTo connection;
        private final @Nullable ClientBody body;
        private final Consumer<Throwable> whenGone;
        private boolean closed;

        private Entry(
                EndPoint endPoint,
                Connection.UpgradeTo connection,
                @Nullable ClientBody body,
                Consumer<Throwable> whenGone) {
            this.endPoint = endPoint;
            this.connection = connection;
            this.body = body;
            this.whenGone = whenGone;
        }

        /** After this the connection is its own again: the next request may be read from it. */
        private synchronized void close() {
            closed = true;
        }

        private synchronized boolean isGone(ByteBuffer buffer) {
            // While a body is being read, the reading itself finds the end.
            if (closed || (body != null && !body.isConsumed())) {
                return false;
            }
            try {
                BufferUtil.clear(buffer);
                int filled = endPoint.fill(buffer);
                if (filled > 0) {
                    connection.onUpgradeTo(buffer);
                    closed = true;
                }
                return filled < 0;
            } catch (IOException reset) {
                return true;
            }
        }
    }
}
