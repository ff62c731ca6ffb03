package io.pingate.servlet.proxy.theme.coding;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Two stages one behind the other. */
final class ChainedStages implements BodyStage {
    /** What the first may give while the second gives nothing: a page of zeros is packed to a thousandth. */
    private static final int BYTES_PER_POLL = 64 * 1024;

    private static final ByteBuffer NOTHING_YET = ByteBuffer.allocate(0);

    private final BodyStage first;
    private final BodyStage second;
    private boolean flushPending;
    private boolean finishPending;
    private @Nullable DataFormatException failure;

    ChainedStages(BodyStage first, BodyStage second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void offer(ByteBuffer chunk) {
        first.offer(chunk);
    }

    @Override
    public void flush() {
        first.flush();
        flushPending = true;
    }

    @Override
    public void finish() {
        first.finish();
        finishPending = true;
    }

    @Override
    public @Nullable ByteBuffer poll() throws DataFormatException {
        int passed = 0;
        while (true) {
            ByteBuffer piece = second.poll();
            if (piece != null) {
                return piece;
            }
            if (passed >= BYTES_PER_POLL) {
                return NOTHING_YET;
            }
            ByteBuffer between = failure == null ? pollFirst() : null;
            if (between != null && !between.hasRemaining()) {
                return NOTHING_YET;
            } else if (between != null) {
                passed += between.remaining();
                second.offer(between);
            } else if (flushPending) {
                flushPending = false;
                second.flush();
            } else if (failure != null) {
                throw failure;
            } else if (finishPending) {
                finishPending = false;
                second.finish();
            } else {
                return null;
            }
        }
    }

    @Override
    public void close() {
        try (second) {
            first.close();
        }
    }

    /** What came before a failure must still get through. */
    private @Nullable ByteBuffer pollFirst() {
        try {
            return first.poll();
        } catch (DataFormatException e) {
            failure = e;
            flushPending = true;
            return null;
        }
    }
}
