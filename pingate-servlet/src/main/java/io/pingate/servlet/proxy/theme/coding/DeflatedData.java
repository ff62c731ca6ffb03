package io.pingate.servlet.proxy.theme.coding;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Deflated data (RFC 1951) that is inflated in pieces, so that it may grow to any size without taking memory. */
final class DeflatedData {
    private static final int PIECE_BYTES = 16 * 1024;

    private final Inflater inflater;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    private @Nullable DataFormatException failure;

    /**
     * Makes an inflater.
     *
     * @param bare true without the frame of RFC 1950
     */
    DeflatedData(boolean bare) {
        this.inflater = new Inflater(bare);
    }

    /** {@return the next piece, null when it needs more input or is complete; the input's position moves} */
    @Nullable
    ByteBuffer poll(ByteBuffer in) throws DataFormatException {
        if (failure == null) {
            inflate(in);
            if (piece.position() > 0) {
                return piece.flip();
            }
        }
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private void inflate(ByteBuffer in) {
        piece.clear();
        long before = inflater.getBytesWritten();
        inflater.setInput(in);
        try {
            inflater.inflate(piece);
            if (inflater.needsDictionary()) {
                failure = new DataFormatException("deflate: needs a dictionary");
            }
        } catch (DataFormatException e) {
            // What came before the fault is in the buffer, though only the count tells.
            piece.position((int) (inflater.getBytesWritten() - before));
            failure = e;
        }
    }

    boolean isComplete() {
        return inflater.finished();
    }

    /** Begins anew. */
    void reset() {
        inflater.reset();
    }

    void close() {
        inflater.end();
    }
}
