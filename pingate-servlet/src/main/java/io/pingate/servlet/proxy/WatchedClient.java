package io.pingate.servlet.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** One client under {@link ClientWatch}, which says what is gone by. */
final class WatchedClient {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** A second, in looks. */
    private static final int FIRST_PAUSE = 2;

    private final EndPoint endPoint;
    private final Connection.UpgradeTo connection;
    private final boolean knowsInterim;
    private final @Nullable ClientBody body;
    private final Consumer<Throwable> whenGone;
    private @Nullable ByteBuffer early;
    private boolean closed;
    private boolean seen;
    private boolean answered;
    private boolean halfClosed;
    private int looksUntilAsked;
    private int pause = FIRST_PAUSE;

    WatchedClient(
            EndPoint endPoint,
            Connection.UpgradeTo connection,
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

    /** After this the connection is its own again: the next request may be read from it. */
    synchronized void close() {
        closed = true;
        ByteBuffer next = early;
        if (next != null) {
            early = null;
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
     * Looks whether the input is at its end. What comes instead of it is the next request; it is kept until the connection
     * reads again: the connection's own buffer may hold the last bytes of this request, which are being sent.
     */
    private boolean hasEnded(ByteBuffer buffer) {
        if (early != null || hasReadOn()) {
            return false;
        }
        try {
            BufferUtil.clear(buffer);
            int filled = endPoint.fill(buffer);
            if (filled > 0) {
                early = BufferUtil.copy(buffer);
            }
            return filled < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Then the next request has begun to arrive, and the connection's buffer may have no room for what else comes. */
    private boolean hasReadOn() {
        return connection instanceof HttpConnection jetty && !jetty.isRequestBufferEmpty();
    }

    private boolean isReset(ResetSockets resets) {
        return endPoint.getTransport() instanceof SocketChannel socket && resets.contains(socket);
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
