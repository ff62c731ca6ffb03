package io.pingate.servlet.proxy.client.jetty;

import io.pingate.servlet.proxy.client.ClientBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** One client under {@link ClientWatch}, which says what is gone by. */
final class WatchedClient {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** A second, in looks. */
    private static final int FIRST_PAUSE = 2;

    private final EndPoint endPoint;
    private final HttpConnection connection;
    private final boolean knowsInterim;
    private final @Nullable ClientBody body;
    private final Consumer<Throwable> whenGone;
    private boolean closed;
    private @Nullable ByteBuffer found;
    private boolean seen;
    private boolean answered;
    private boolean halfClosed;
    private int looksUntilAsked;
    private int pause = FIRST_PAUSE;

    WatchedClient(
            EndPoint endPoint,
            HttpConnection connection,
            boolean knowsInterim,
            @Nullable ClientBody body,
            Consumer<Throwable> whenGone) {
        this.endPoint = endPoint;
        this.connection = connection;
        this.knowsInterim = knowsInterim;
        this.body = body;
        this.whenGone = whenGone;
    }

    Consumer<Throwable> whenGone() {
        return whenGone;
    }

    /** After this the connection is its own again: the next request is read from it, what a look has found first of all. */
    synchronized void close() {
        closed = true;
        ByteBuffer next = found;
        found = null;
        if (next != null) {
            connection.onUpgradeTo(next);
        }
    }

    /** The answer is about to begin: from here on nothing else is written to the client. */
    synchronized void answers() {
        if (!closed && !answered && !halfClosed && isRead()) {
            halfClosed = hasEnded(BufferUtil.allocate(1));
        }
        answered = true;
    }

    /** Called by one thread alone. */
    synchronized boolean isGone(ByteBuffer buffer, ResetSockets resets) {
        boolean firstLook = !seen;
        if (closed || !isRead()) {
            return false;
        }
        seen = true;
        if (!halfClosed) {
            if (!hasEnded(buffer)) {
                return false;
            }
            halfClosed = !answered && (knowsInterim || firstLook);
            if (!halfClosed) {
                return true;
            }
        }
        return isReset(resets) || !ask();
    }

    /** While a body is being read, the reading itself finds the end. */
    private boolean isRead() {
        return body == null || body.isConsumed();
    }

    /**
     * Whether there is no more input. The beginning of a next request is kept until this one's end: as long as its body is on
     * its way to the upstream, it may lie in the connection's own buffer.
     */
    private boolean hasEnded(ByteBuffer buffer) {
        if (found != null || !connection.isRequestBufferEmpty()) {
            return false;
        }
        try {
            BufferUtil.clear(buffer);
            int filled = endPoint.fill(buffer);
            if (filled > 0) {
                found = BufferUtil.copy(buffer);
            }
            return filled < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private boolean isReset(ResetSockets resets) {
        SocketChannelEndPoint client = Below.find(endPoint, SocketChannelEndPoint.class);
        return client != null && resets.contains(client.getChannel());
    }

    /** Returns false when the client has been found to be gone by it. */
    private boolean ask() {
        if (answered || !knowsInterim || looksUntilAsked-- > 0) {
            return true;
        }
        looksUntilAsked = pause;
        pause *= 2;
        try {
            ByteBuffer question = ByteBuffer.wrap(CONTINUE);
            // All of it or nothing: the answer must not come into its midst.
            return endPoint.flush(question) || question.position() == 0;
        } catch (IOException reset) {
            return false;
        }
    }
}
