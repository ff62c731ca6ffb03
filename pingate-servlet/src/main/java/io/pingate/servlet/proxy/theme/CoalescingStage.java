package io.pingate.servlet.proxy.theme;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Joins the pieces that a stage gives, as long as they are already there: each one more would cost a write to the client,
 * where a copy costs next to nothing.
 */
final class CoalescingStage implements BodyStage {
    private final BodyStage stage;
    private final int roomBytes;
    private final ByteBufferPool pool;
    private @Nullable RetainableByteBuffer room;
    private @Nullable ByteBuffer rest;
    private @Nullable DataFormatException failure;
    private boolean due;
    private boolean given;

    /**
     * Joins what a stage gives.
     *
     * @param stage gives pieces
     * @param roomBytes the most that one piece may come to
     * @param pool lends the room for it, outside the heap
     */
    CoalescingStage(BodyStage stage, int roomBytes, ByteBufferPool pool) {
        this.stage = stage;
        this.roomBytes = roomBytes;
        this.pool = pool;
    }

    @Override
    public void offer(ByteBuffer chunk) {
        stage.offer(chunk);
    }

    @Override
    public void flush() {
        stage.flush();
        due = true;
    }

    @Override
    public void finish() {
        stage.finish();
        due = true;
    }

    @Override
    public OptionalLong length() {
        return stage.length();
    }

    @Override
    public @Nullable ByteBuffer poll() throws DataFormatException {
        clearGiven();
        for (ByteBuffer piece = next(); piece != null; piece = next()) {
            if (!piece.hasRemaining()) {
                return piece;
            }
            ByteBuffer joined = room();
            BufferUtil.append(joined, piece);
            if (piece.hasRemaining()) {
                rest = piece;
                return give(joined);
            }
        }
        if (room != null && (due || failure != null)) {
            return give(room.getByteBuffer());
        }
        if (failure != null) {
            throw failure;
        }
        due = false;
        return null;
    }

    private ByteBuffer give(ByteBuffer joined) {
        given = true;
        return joined;
    }

    /** What was given has been written when the next piece is asked for; a body that is silent then needs no room. */
    private void clearGiven() {
        if (given) {
            given = false;
            if (rest == null) {
                release();
            } else {
                BufferUtil.clear(room());
            }
        }
    }

    private @Nullable ByteBuffer next() {
        ByteBuffer piece = rest;
        if (piece != null) {
            rest = null;
            return piece;
        }
        try {
            return failure == null ? stage.poll() : null;
        } catch (DataFormatException e) {
            // What came before it must still get through.
            failure = e;
            return null;
        }
    }

    /** With what waits for more in it, or empty. */
    private ByteBuffer room() {
        RetainableByteBuffer buffer = room;
        if (buffer == null) {
            buffer = pool.acquire(roomBytes, true);
            room = buffer;
        }
        return buffer.getByteBuffer();
    }

    @Override
    public void close() {
        try {
            stage.close();
        } finally {
            release();
        }
    }

    private void release() {
        RetainableByteBuffer buffer = room;
        if (buffer != null) {
            room = null;
            buffer.release();
        }
    }
}
