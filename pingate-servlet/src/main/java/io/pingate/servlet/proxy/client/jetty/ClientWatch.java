package io.pingate.servlet.proxy.client.jetty;

import io.pingate.servlet.proxy.client.ClientBody;
import io.pingate.servlet.proxy.upstream.FixedDelayTask;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that an HTTP/1.1 client has left while nothing is written to it: twice a second it looks at every socket
 * that waits for its upstream.
 *
 * <p>Jetty reads nothing from a connection between a request's last byte and the end of its response, so an end of
 * input goes unnoticed until the next write. What a look finds instead of the end is the client's next, pipelined
 * request; it is given back to the connection at this one's end, and the connection is left alone until then.
 *
 * <p>An end of input alone does not say that the client has left: BusyBox's wget and {@code nc -N} close their sending
 * half behind a request and wait for the answer. TCP tells the two apart only when something is written, which a client
 * that has left answers with a reset. So:
 *
 * <ul>
 *   <li>An input that ends before the answer begins may be half closed. The client is sent an interim
 *       {@code 100 Continue}, which every HTTP/1.1 client has to expect (RFC 9110 section 15.2) and none but such a one
 *       gets to see; a reset by the next look means that it has left. It is asked again after 1, 2, 4, ... seconds.
 *   <li>HTTP/1.0 has no interim responses. There, an input that has ended by the first look is half closed, since such
 *       clients close it together with the request, and one that ends later means that the client has left.
 *   <li>Once the answer has begun, a half closed client stays one; what is written next tells if it has left. Any other
 *       client whose input ends now has left: who half-closes does so when the request is sent, not in its answer.
 * </ul>
 */
public final class ClientWatch {
    private static final Duration PERIOD = Duration.ofMillis(500);
    /** Fits into any connection's own buffer, to which it may have to be given back. */
    private static final int PEEK_BYTES = 64;

    private final Set<WatchedClient> clients = ConcurrentHashMap.newKeySet();
    private final ResetSockets resets = new ResetSockets();
    private final ByteBuffer peeked = BufferUtil.allocate(PEEK_BYTES);
    private final FixedDelayTask watch;

    /** Prepares to look by the hand of a scheduler. */
    public ClientWatch(Scheduler scheduler) {
        this.watch = new FixedDelayTask(scheduler, PERIOD, this::look);
    }

    /** Begins to look. */
    public void start() {
        watch.start();
    }

    /** Looks no more. */
    public void stop() {
        watch.stop();
        resets.close();
    }

    /** Watches the request's connection, or returns null where the protocol itself tells that a client has left. */
    @Nullable
    WatchedClient add(Request request, @Nullable ClientBody body, Consumer<Throwable> whenGone) {
        ConnectionMetaData meta = request.getConnectionMetaData();
        HttpVersion version = meta.getHttpVersion();
        if (!(meta.getConnection() instanceof HttpConnection connection)) {
            return null;
        }
        WatchedClient client = new WatchedClient(
                connection.getEndPoint(), connection, version == HttpVersion.HTTP_1_1, body, whenGone);
        clients.add(client);
        return client;
    }

    void remove(WatchedClient client) {
        clients.remove(client);
        client.close();
    }

    private void look() {
        resets.look();
        for (WatchedClient client : clients) {
            if (client.isGone(peeked, resets)) {
                remove(client);
                client.whenGone().accept(new EofException("the client has closed its connection"));
            }
        }
    }
}
