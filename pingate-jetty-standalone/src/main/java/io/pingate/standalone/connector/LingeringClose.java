package io.pingate.standalone.connector;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which the client may still be sending, so that it gets the whole of its answer.
 *
 * <p>A socket that is closed with unread input resets its connection, and a reset throws away what the client has received
 * but not read yet: an early answer to an upload would be lost on every client that reads only when it has sent all. So,
 * as RFC 9112 section 9.6 says, only the sending half is closed at first, and what comes is read and discarded until the
 * client closes its half too, or for a bounded moment.
 *
 * <p>What stays of the connection is its socket and its place at the selector: some hundred bytes.
 */
final class LingeringClose implements ManagedSelector.Selectable, Closeable {
    /** What knows all of them. */
    interface Host {
        /** Returns false when there is no time for it, and the connection is to be closed at once. */
        boolean enter(LingeringClose closing);

        void leave(LingeringClose closing);
    }

    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration IN_ALL = Duration.ofSeconds(30);
    private static final long MAX_BYTES = 256L * 1024 * 1024;
    private static final int BYTES_A_TURN = 64 * 1024;

    /** What is read is nobody's, so all may write over it. */
    private static final ByteBuffer DISCARDED = ByteBuffer.allocateDirect(BYTES_A_TURN);

    private final SocketChannel channel;
    private final ManagedSelector selector;
    private final Host host;
    private volatile SelectionKey key;
    private final long since = System.nanoTime();
    private volatile long heardAt = since;
    private long bytesLeft = MAX_BYTES;

    private LingeringClose(SocketChannel channel, SelectionKey key, ManagedSelector selector, Host host) {
        this.channel = channel;
        this.key = key;
        this.selector = selector;
        this.host = host;
    }

    /** Begins to close the channel, or returns false when it is to be closed at once. */
    static boolean begin(SocketChannel channel, SelectionKey key, ManagedSelector selector, Host host) {
        LingeringClose closing = new LingeringClose(channel, key, selector, host);
        try {
            // Whoever has set the option wants a reset.
            if (channel.getOption(StandardSocketOptions.SO_LINGER) == 0 || !host.enter(closing)) {
                return false;
            }
            channel.shutdownOutput();
            key.attach(closing);
            selector.submit(unused -> closing.updateKey());
            return true;
        } catch (IOException | CancelledKeyException alreadyGone) {
            host.leave(closing);
            return false;
        }
    }

    /** Whether a connection has been without output for long enough. */
    static boolean isOver(long sinceNanos, long silentMillis) {
        return silentMillis > SILENCE.toMillis() || System.nanoTime() - sinceNanos > IN_ALL.toNanos();
    }

    /** Ends it when its time is over. */
    void sweep() {
        if (isOver(since, Duration.ofNanos(System.nanoTime() - heardAt).toMillis())) {
            close();
        }
    }

    @Override
    public @Nullable Runnable onSelected() {
        try {
            int read = channel.read(DISCARDED.duplicate().clear());
            heardAt = System.nanoTime();
            bytesLeft -= Math.max(read, 0);
            if (read < 0 || bytesLeft < 0) {
                close();
            }
        } catch (IOException reset) {
            close();
        }
        return null;
    }

    @Override
    public void updateKey() {
        try {
            key.interestOps(SelectionKey.OP_READ);
        } catch (CancelledKeyException closed) {
            close();
        }
    }

    @Override
    public void replaceKey(SelectionKey newKey) {
        key = newKey;
    }

    @Override
    public void close() {
        IO.close(channel);
        // A registered socket is closed for good by its selector, which may be asleep.
        selector.submit(unused -> {});
        host.leave(this);
    }
}
