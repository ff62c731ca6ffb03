package io.pingate.servlet.proxy.tunnel;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Carries one direction of a tunnel: what the source has is written to the sink, and only then is more read, so that a
 * slow reader slows the writer down. Holds a buffer only while there are bytes, and a thread only while it moves them.
 */
final class Pump extends IteratingCallback {
    /** Fits most WebSocket messages, and TLS records. */
    private static final int BUFFER_BYTES = 16 * 1024;
    /** A selector's thread has other connections to serve than one that is always ready. */
    private static final int BUFFERS_PER_TURN = 16;

    private final TunnelEnd source;
    private final TunnelEnd sink;
    private final ByteBufferPool buffers;
    private final Executor executor;
    private final LongConsumer count;
    private final Consumer<@Nullable Throwable> whenDone;
    private final FrameBoundaries borders = new FrameBoundaries();
    private final Callback readable = new WhenReadable();
    private @Nullable RetainableByteBuffer buffer;
    private volatile boolean waiting;
    private volatile @Nullable ByteBuffer farewell;
    private boolean draining;
    private int turn;

    /**
     * Prepares one direction.
     *
     * @param resources lend buffers, and a thread for a long run
     * @param count is told how many bytes have passed since the last call
     * @param whenDone called once: with null when the source has ended and the sink was told, else with the reason
     */
    Pump(
            TunnelEnd source,
            TunnelEnd sink,
            TunnelResources resources,
            LongConsumer count,
            Consumer<@Nullable Throwable> whenDone) {
        this.source = source;
        this.sink = sink;
        this.buffers = resources.buffers();
        this.executor = resources.executor();
        this.count = count;
        this.whenDone = whenDone;
    }

    /**
     * Ends this direction: the sink gets the Close frame, if one fits between the frames that it got, and then the end of
     * input. What still comes from the source is thrown away.
     */
    void end(ByteBuffer closeFrame) {
        farewell = closeFrame;
        iterate();
    }

    @Override
    protected Action process() throws Throwable {
        if (++turn > BUFFERS_PER_TURN) {
            turn = 0;
            executor.execute(this::succeeded);
            return Action.SCHEDULED;
        }
        ByteBuffer closeFrame = farewell;
        if (closeFrame != null && !draining) {
            draining = true;
            if (borders.fitsCloseFrame()) {
                sink.write(this, closeFrame);
                return Action.SCHEDULED;
            }
        }
        if (draining) {
            sink.shutdownOutput();
        }
        return move();
    }

    private Action move() throws Throwable {
        ByteBuffer bytes = buffer().getByteBuffer();
        int filled = source.fill(bytes);
        if (filled < 0) {
            sink.shutdownOutput();
            return Action.SUCCEEDED;
        }
        if (filled == 0) {
            turn = 0;
            release();
            awaitMore();
            return Action.IDLE;
        }
        if (draining) {
            succeeded();
        } else {
            borders.pass(bytes);
            count.accept(filled);
            sink.write(this, bytes);
        }
        return Action.SCHEDULED;
    }

    private RetainableByteBuffer buffer() {
        RetainableByteBuffer current = buffer;
        if (current == null) {
            current = buffers.acquire(BUFFER_BYTES, source.prefersDirectBuffers() && sink.prefersDirectBuffers());
            buffer = current;
        }
        return current;
    }

    private void awaitMore() {
        if (!waiting) {
            waiting = true;
            source.fillInterested(readable);
        }
    }

    @Override
    protected void onSuccess() {
        // The Servlet API doesn't move the position of what it takes.
        RetainableByteBuffer written = buffer;
        if (written != null) {
            BufferUtil.clear(written.getByteBuffer());
        }
    }

    @Override
    protected void onCompleted(@Nullable Throwable cause) {
        release();
        whenDone.accept(cause);
    }

    private void release() {
        RetainableByteBuffer current = buffer;
        if (current != null) {
            buffer = null;
            current.release();
        }
    }

    /** Neither end ever blocks, so any thread may move the bytes, a selector's too. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private final class WhenReadable implements Callback {
        @Override
        public void succeeded() {
            waiting = false;
            iterate();
        }

        @Override
        public void failed(Throwable cause) {
            abort(cause);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
