package io.pingate.servlet.proxy.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection to an upstream that tells a reset from the end of its input, whoever comes upon it.
 *
 * <p>The system reports a reset once. When a write has met it, a read finds a mere end, which would make a response that
 * only the end of its connection delimits look whole.
 */
final class UpstreamSocket extends SocketChannelEndPoint {
    private final Object writing = new Object();
    private boolean broken;

    UpstreamSocket(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Never blocks, so that a reader waits for no longer than a system call. */
    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        synchronized (writing) {
            try {
                return super.flush(buffers);
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }

    /**
     * As {@link EndPoint#fill} says, but for a connection that is broken.
     *
     * @throws IOException when it was reset
     */
    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int filled = SocketInput.read(this, buffer);
        if (filled >= 0) {
            return filled;
        }
        if (isBroken()) {
            throw new EOFException("the upstream has broken the connection off");
        }
        return super.fill(buffer);
    }

    private boolean isBroken() {
        synchronized (writing) {
            return broken;
        }
    }
}
