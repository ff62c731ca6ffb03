package io.pingate.servlet.proxy.theme.coding;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Puts gzip (RFC 1952) on a body; what was flushed can be read by the client at once. */
final class GzipEncoder implements BodyStage {
    private static final int PIECE_BYTES = 8 * 1024;
    private static final int TRAILER_BYTES = 8;
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    /** A page is packed for one client and once, so what counts is that it is quick. */
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    private final CRC32 checksum = new CRC32();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private boolean begun;
    private boolean flushing;
    private boolean ended;

    @Override
    public void offer(ByteBuffer chunk) {
        checksum.update(chunk.duplicate());
        // It keeps the buffer, and looks at it again with each flush.
        deflater.setInput(chunk.duplicate());
    }

    @Override
    public void flush() {
        flushing = true;
    }

    @Override
    public void finish() {
        deflater.finish();
    }

    @Override
    public @Nullable ByteBuffer poll() {
        piece.clear();
        if (!begun) {
            piece.put(HEADER);
            begun = true;
        }
        deflater.deflate(piece, flushing ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH);
        // A full buffer means that there is more (zlib's manual on deflate).
        flushing &= !piece.hasRemaining();
        if (deflater.finished() && !ended && piece.remaining() >= TRAILER_BYTES) {
            piece.putInt((int) checksum.getValue()).putInt((int) deflater.getBytesRead());
            ended = true;
        }
        return piece.position() == 0 ? null : piece.flip();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
