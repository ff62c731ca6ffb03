package io.pingate.servlet.coding.brotli;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bits of a stream that comes in chunks, least significant first (RFC 7932 section 1.4).
 *
 * <p>A step of the decoder that runs out of bits is undone: it goes back to its {@link #mark} and is tried again when
 * more has come. So no step may change anything before it has read all it needs, and no step may need more than
 * {@value #STEP_BYTES} bytes.
 */
final class BitInput {
    /** More than the longest step needs: a prefix code of 704 symbols, at most 8 bits each. */
    static final int STEP_BYTES = 1024;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CAPACITY = 4 * STEP_BYTES;

    /** Says that a step needs bits that haven't come yet. */
    static final class NeedsMore extends RuntimeException {
        private NeedsMore() {
            super("needs more input", null, false, false);
        }
    }

    private final byte[] buffer = new byte[CAPACITY + Long.BYTES];
    private ByteBuffer chunk = ByteBuffer.allocate(0);
    private int limitBits;
    private int positionBits;
    private int markBits;

    void offer(ByteBuffer next) {
        chunk = next;
    }

    /** Keeps the place to go back to. */
    void mark() {
        markBits = positionBits;
    }

    /** Goes back to the mark. */
    void reset() {
        positionBits = markBits;
    }

    int read(int count) {
        int value = peek() & ((1 << count) - 1);
        skip(count);
        return value;
    }

    boolean readFlag() {
        return read(1) != 0;
    }

    /** {@return the next 32 bits; those that haven't come are anything} */
    int peek() {
        if (limitBits - positionBits < Integer.SIZE && chunk.hasRemaining()) {
            refill();
        }
        return (int) ((long) LONG.get(buffer, positionBits >>> 3) >>> (positionBits & 7));
    }

    /** Skips bits that were peeked at. */
    void skip(int count) {
        if (count > limitBits - positionBits) {
            throw new NeedsMore();
        }
        positionBits += count;
    }

    /** {@return the bits up to the next byte boundary} */
    int readPadding() {
        return read(-positionBits & 7);
    }

    /** Copies whole bytes, which the position must be at the start of; {@return how many, at least one} */
    int readBytes(byte[] target, int offset, int most) {
        if (positionBits == limitBits) {
            refill();
        }
        int taken = Math.min(most, (limitBits - positionBits) >>> 3);
        if (taken == 0) {
            throw new NeedsMore();
        }
        System.arraycopy(buffer, positionBits >>> 3, target, offset, taken);
        positionBits += taken << 3;
        return taken;
    }

    /** Takes in as much of the chunk as there is room for; what is before the mark makes room. */
    private void refill() {
        int start = markBits >>> 3;
        int length = (limitBits >>> 3) - start;
        System.arraycopy(buffer, start, buffer, 0, length);
        int taken = Math.min(CAPACITY - length, chunk.remaining());
        chunk.get(buffer, length, taken);
        markBits -= start << 3;
        positionBits -= start << 3;
        limitBits = (length + taken) << 3;
    }
}
