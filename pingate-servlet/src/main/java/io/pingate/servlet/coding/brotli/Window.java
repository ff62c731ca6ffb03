package io.pingate.servlet.coding.brotli;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was decoded last: references reach back into it, and pieces of it go out. Grows up to the stream's window. */
final class Window {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final int INITIAL_BYTES = 32 * 1024;
    /** What no distance reaches of the window (RFC 7932 section 9.1). */
    private static final int UNREACHABLE_BYTES = 16;

    private byte[] ring = new byte[INITIAL_BYTES];
    private int size;
    private int finalRingBytes = INITIAL_BYTES;
    private long total;
    private int pending;

    void resize(int bits) {
        size = 1 << bits;
        finalRingBytes = Math.max(size, INITIAL_BYTES);
    }

    /** Makes room for a piece and a word. */
    void prepare() {
        while (ring.length < finalRingBytes && total + PIECE_BYTES + Dictionary.MAX_WORD_BYTES > ring.length) {
            ring = Arrays.copyOf(ring, 2 * ring.length);
        }
    }

    /** {@return how many bytes may still be written before a piece must be taken} */
    int room() {
        return PIECE_BYTES - pending;
    }

    /** {@return how far back a reference may reach} */
    int reach() {
        return (int) Math.min(total, size - UNREACHABLE_BYTES);
    }

    int last() {
        return ring[at(total - 1)] & 0xFF;
    }

    int secondLast() {
        return ring[at(total - 2)] & 0xFF;
    }

    void put(int b) {
        ring[at(total)] = (byte) b;
        advance(1);
    }

    void put(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            put(bytes[i]);
        }
    }

    /** Takes up to so many bytes from the input; {@return how many} */
    int put(BitInput in, int most) {
        int at = at(total);
        int taken = in.readBytes(ring, at, Math.min(Math.min(most, room()), ring.length - at));
        advance(taken);
        return taken;
    }

    void copy(int distance, int length) {
        int from = at(total - distance);
        int to = at(total);
        if (length <= distance && Math.max(from, to) + length <= ring.length) {
            System.arraycopy(ring, from, ring, to, length);
            advance(length);
            return;
        }
        for (int i = 0; i < length; i++) {
            put(ring[at(total - distance)]);
        }
    }

    /** {@return what was written since the last piece, as far as it lies in one place; null when there is nothing} */
    @Nullable
    ByteBuffer takePiece() {
        if (pending == 0) {
            return null;
        }
        int start = at(total - pending);
        int length = Math.min(pending, ring.length - start);
        pending -= length;
        return ByteBuffer.wrap(ring, start, length);
    }

    private void advance(int length) {
        total += length;
        pending += length;
    }

    private int at(long position) {
        return (int) position & (ring.length - 1);
    }
}
