package io.pingate.servlet.proxy.theme.coding;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Takes deflate off a body: RFC 1950, or bare RFC 1951 as some servers send it under that name (RFC 9110 section 8.4.1.2),
 * which its first two bytes tell.
 */
final class DeflateDecoder implements BodyStage {
    private static final int HEAD_BYTES = 2;

    private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    private ByteBuffer in = ByteBuffer.allocate(0);
    private @Nullable DeflatedData data;
    private boolean finished;

    @Override
    public void offer(ByteBuffer chunk) {
        in = chunk.duplicate();
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public @Nullable ByteBuffer poll() throws DataFormatException {
        DeflatedData begun = data != null ? data : begin();
        if (begun == null) {
            return ended(head.position() == 0);
        }
        ByteBuffer piece = head.hasRemaining() ? begun.poll(head) : null;
        if (piece == null && !begun.isComplete()) {
            piece = begun.poll(in);
        }
        if (piece != null) {
            return piece;
        }
        return ended(begun.isComplete());
    }

    @Override
    public void close() {
        if (data != null) {
            data.close();
        }
    }

    private @Nullable DeflatedData begin() {
        while (head.hasRemaining() && in.hasRemaining()) {
            head.put(in.get());
        }
        if (!head.hasRemaining()) {
            head.flip();
            data = new DeflatedData(!isZlibHeader(head.get(0), head.get(1)));
        }
        return data;
    }

    private @Nullable ByteBuffer ended(boolean complete) throws DataFormatException {
        if (finished && !complete) {
            throw new DataFormatException("deflate: ends early");
        }
        return null;
    }

    /** RFC 1950 section 2.2: method 8, a window of up to 32 KiB, and a multiple of 31. */
    private static boolean isZlibHeader(byte method, byte flags) {
        return (method & 0x0F) == 8 && (method & 0xF0) <= 0x70 && ((method & 0xFF) << 8 | (flags & 0xFF)) % 31 == 0;
    }
}
