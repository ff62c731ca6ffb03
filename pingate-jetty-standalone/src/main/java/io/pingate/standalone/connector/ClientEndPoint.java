package io.pingate.standalone.connector;

import io.pingate.servlet.proxy.client.jetty.Below;
import io.pingate.servlet.proxy.client.jetty.SelectorSharing;
import io.pingate.servlet.proxy.client.jetty.StreamResets;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, with an idle limit for strangers and between requests, but none within a request that the gate
 * has let in: an upload may pause, and a player that reads no further is not gone. A peer that vanished is found by
 * TCP keep-alive.
 */
final class ClientEndPoint extends SocketChannelEndPoint implements StreamResets, SelectorSharing {
    /** A selector's thread has others to serve than a client who sends one small request behind the other. */
    private static final int BYTES_A_TURN = 64 * 1024;

    private final ClientActivity activity = new ClientActivity();
    private final ManagedSelector selector;
    private final LingeringClose.Host host;
    private volatile SelectionKey key;
    private volatile @Nullable FrameHeads frames;
    /** What is above TLS; null without it. */
    private volatile @Nullable EndPoint decrypted;
    /** How many bytes may still be read in this turn; more than there can be, outside of one. */
    private volatile int left = Integer.MAX_VALUE;

    private volatile boolean answered;
    private volatile boolean ended;
    private volatile boolean forced;
    private volatile long shutDownAt;

    ClientEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            LingeringClose.Host host) {
        super(channel, selector, key, scheduler);
        this.selector = selector;
        this.key = key;
        this.host = host;
    }

    /** The client's connection behind what a connection takes for its end point, or null when it is none of ours. */
    static @Nullable ClientEndPoint of(EndPoint endPoint) {
        return Below.find(endPoint, ClientEndPoint.class);
    }

    ClientActivity activity() {
        return activity;
    }

    @Override
    public ManagedSelector selector() {
        return selector;
    }

    @Override
    public void replaceKey(SelectionKey newKey) {
        super.replaceKey(newKey);
        key = newKey;
    }

    /** The client speaks TLS, and what it says in it is heard up there. */
    void isBelow(EndPoint decryptedEnd) {
        decrypted = decryptedEnd;
    }

    /** The protocol that the client speaks, in TLS or without. */
    private Connection spoken() {
        EndPoint above = decrypted;
        return (above == null ? this : above).getConnection();
    }

    /** From here on the client speaks HTTP/2. */
    void follow(FrameHeads heads) {
        frames = heads;
    }

    @Override
    public @Nullable Runnable onSelected() {
        Runnable task = super.onSelected();
        return task == null ? null : new Turn(this, task);
    }

    /** Does something in which as much is read as is due to one client; the selector comes back to what is left. */
    void takeTurn(Runnable task) {
        left = BYTES_A_TURN;
        try {
            task.run();
        } finally {
            left = Integer.MAX_VALUE;
        }
    }

    private record Turn(ClientEndPoint client, Runnable task) implements Invocable.Task, Closeable {
        @Override
        public void run() {
            client.takeTurn(task);
        }

        @Override
        public void close() {
            client.close();
        }

        @Override
        public InvocationType getInvocationType() {
            return Invocable.getInvocationType(task);
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int due = left;
        if (due <= 0) {
            return 0;
        }
        int filled = super.fill(buffer);
        if (filled > 0 && due < Integer.MAX_VALUE) {
            left = due - filled;
        }
        if (filled < 0) {
            ended = true;
        }
        if (decrypted == null) {
            heard(buffer, filled);
        }
        return filled;
    }

    /** So many bytes of what the client says have come to a buffer's end. */
    void heard(ByteBuffer buffer, int filled) {
        FrameHeads heads = frames;
        if (filled > 0 && heads != null) {
            heads.received(buffer.slice(buffer.limit() - filled, filled));
        }
    }

    /** A connection that takes no more has nothing more to say either: what it has not said by now is lost. */
    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        answered = true;
        try {
            return super.flush(buffers);
        } catch (IOException e) {
            shutdownInput();
            throw e;
        }
    }

    @Override
    protected void onIdleExpired(TimeoutException timeout) {
        if (!activity.hasAdmitted()) {
            super.onIdleExpired(timeout);
        }
    }

    /** Ends what has taken longer than it may. */
    void sweep(ConnectionLimits limits) {
        if (activity.headNanos() > limits.head().toNanos()) {
            closeAtOnce(new TimeoutException("a request's head took longer than " + limits.head()));
        } else if (activity.isStranger() && isSilentFor(limits.stall())) {
            onIdleExpired(new TimeoutException("nothing came or went for " + limits.stall()));
            notIdle();
        } else if (shutDownAt != 0 && LingeringClose.isOver(shutDownAt, getIdleFor())) {
            closeAtOnce(null);
        }
    }

    private boolean isSilentFor(Duration limit) {
        return getIdleFor() > limit.toMillis();
    }

    /** Without waiting for what the client may still have to say. */
    void closeAtOnce(@Nullable Throwable cause) {
        forced = true;
        close(cause);
    }

    @Override
    public boolean isReset(String requestId) {
        if (!(spoken() instanceof HTTP2Connection http2)) {
            return false;
        }
        Stream stream = http2.getSession().getStream(Integer.parseInt(requestId));
        return stream == null || stream.isReset();
    }

    /** Has the next close tell the client that bytes were lost. */
    void resetOnClose() {
        try {
            getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException alreadyClosed) {
            forced = true;
        }
    }

    boolean resetsOnClose() {
        try {
            return getChannel().getOption(StandardSocketOptions.SO_LINGER) == 0;
        } catch (IOException alreadyClosed) {
            return true;
        }
    }

    @Override
    protected void doShutdownOutput() {
        super.doShutdownOutput();
        hasSaidAll();
    }

    /** An HTTP/1.1 server says so behind its last response, and then reads the client's end. */
    void hasSaidAll() {
        if (shutDownAt == 0 && spoken() instanceof GateConnection) {
            shutDownAt = System.nanoTime() | 1;
        }
    }

    @Override
    public void doClose() {
        if (!answered || ended || forced || !LingeringClose.begin(getChannel(), key, selector, host)) {
            super.doClose();
        }
    }
}
