package io.pingate.servlet.coding;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Deflated data (RFC 1951) that is inflated in pieces, so that it may grow to any size without taking memory. */
final class DeflatedData {
    private static final int PIECE_BYTES = 16 * 1024;

    private final Inflater inflater;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);

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
        piece.clear();
        inflater.setInput(in);
        inflater.inflate(piece);
        if (inflater.needsDictionary()) {
            throw new DataFormatException("deflate: needs a dictionary");
        }
        return piece.position() == 0 ? null : piece.flip();
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
