package io.pingate.servlet.proxy.theme.coding;

import io.pingate.proxy.BodyStage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.zip.DataFormatException;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes Brotli (RFC 7932) off a body, with the decoder of its inventors.
 *
 * <p>That decoder pulls from a stream and can't pause, so it runs as a coroutine: on a thread of its own, which moves only
 * while {@link #poll} waits for it, and sleeps while the body does. It reads 4 KiB ahead, so a page that is written in
 * smaller pieces comes in pieces of that size. The gate asks upstreams for gzip; this is for those that don't listen.
 */
final class BrotliDecoder implements BodyStage {
    private static final int OUTPUT_BYTES = 4 * 1024;

    /** Opens the decoder's stream over that of the coded bytes. */
    interface Opening {
        InputStream open(InputStream coded) throws IOException;
    }

    private final Executor threads;
    private final MemoryBudget.Reservation window;
    private final Opening opening;
    private final Semaphore decoderTurn = new Semaphore(0);
    private final Semaphore callerTurn = new Semaphore(0);
    private final byte[] output = new byte[OUTPUT_BYTES];

    // The rest is touched by the one whose turn it is; the semaphores order the accesses.
    private ByteBuffer input = ByteBuffer.allocate(0);
    private int outputLength;
    private boolean starving = true;
    private boolean begun;
    private boolean started;
    private boolean finished;
    private boolean closed;
    private boolean ended;
    private @Nullable Throwable failure;

    /**
     * Makes a decoder.
     *
     * @param window memory for the largest window that the body may need; it is given back with the decoder's end, and in
     *     part as soon as the first byte tells the window
     */
    BrotliDecoder(Executor threads, MemoryBudget.Reservation window) {
        this(threads, window, BrotliInputStream::new);
    }

    BrotliDecoder(Executor threads, MemoryBudget.Reservation window, Opening opening) {
        this.threads = threads;
        this.window = window;
        this.opening = opening;
    }

    @Override
    public void offer(ByteBuffer chunk) {
        if (!begun && chunk.hasRemaining()) {
            begun = true;
            window.reduceTo(BrotliWindow.memoryBytes(BrotliWindow.bits(chunk.get(chunk.position()))));
        }
        input = chunk.duplicate();
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public @Nullable ByteBuffer poll() throws DataFormatException {
        outputLength = 0;
        if (begun && !ended && (!starving || input.hasRemaining() || finished)) {
            resumeDecoder();
        }
        if (failure != null) {
            throw (DataFormatException) new DataFormatException("broken or truncated br body").initCause(failure);
        }
        return outputLength > 0 ? ByteBuffer.wrap(output, 0, outputLength) : null;
    }

    /** Frees the thread, also when the body was given up half-way. */
    @Override
    public void close() {
        closed = true;
        if (started && !ended) {
            resumeDecoder();
        }
        window.close();
    }

    private void resumeDecoder() {
        if (!started) {
            // Where no thread is to be had it throws, and then nobody must wait for one.
            threads.execute(this::decode);
            started = true;
        }
        decoderTurn.release();
        callerTurn.acquireUninterruptibly();
    }

    private void pauseDecoder() {
        callerTurn.release();
        decoderTurn.acquireUninterruptibly();
    }

    private void decode() {
        decoderTurn.acquireUninterruptibly();
        try (InputStream decoded = opening.open(new Chunks())) {
            int length = decoded.read(output);
            while (length > 0 && !closed) {
                outputLength = length;
                pauseDecoder();
                length = decoded.read(output);
            }
        } catch (Throwable e) {
            // The decoder checks what it reads, but whatever it throws, an OutOfMemoryError too, must not pass for the
            // page's end.
            failure = e;
        } finally {
            ended = true;
            callerTurn.release();
        }
    }

    /** The offered chunks as the stream that the decoder reads; it pauses where there is none. */
    private final class Chunks extends InputStream {
        @Override
        public int read() {
            throw new IllegalStateException("the decoder reads arrays");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            starving = !input.hasRemaining() && !finished;
            while (starving && !closed) {
                pauseDecoder();
                starving = !input.hasRemaining() && !finished;
            }
            if (closed) {
                throw new IOException("given up");
            }
            int count = Math.min(length, input.remaining());
            input.get(bytes, offset, count);
            return count == 0 ? -1 : count;
        }
    }
}
