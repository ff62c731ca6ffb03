package io.pingate.proxy.theme;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Looks for ASCII bytes in a buffer, eight at a time. */
final class ByteSearch {
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final int BLOCK_BYTES = 4 * Long.BYTES;

    private ByteSearch() {}

    /** {@return the buffer as it has to be to be searched: the first of eight bytes lies in the lowest bits} */
    static ByteBuffer view(ByteBuffer buffer) {
        return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return the place of the first byte that is one or the other, the limit when there is none} */
    static int indexOf(int one, int other, ByteBuffer view, int from) {
        int limit = view.limit();
        int i = from;
        for (; i <= limit - Long.BYTES; i += Long.BYTES) {
            long next = view.getLong(i);
            long found = zeroBytes(next ^ EACH_BYTE * one) | zeroBytes(next ^ EACH_BYTE * other);
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < limit && view.get(i) != one && view.get(i) != other) {
            i++;
        }
        return i;
    }

    /** {@return a place before which the byte isn't, and at most 32 bytes before where it is, or the limit} */
    static int pastBlocksWithout(int wanted, ByteBuffer view, int from) {
        long repeated = EACH_BYTE * wanted;
        int last = view.limit() - BLOCK_BYTES;
        int i = from;
        while (i <= last
                && (zeroBytes(view.getLong(i) ^ repeated)
                                | zeroBytes(view.getLong(i + Long.BYTES) ^ repeated)
                                | zeroBytes(view.getLong(i + 2 * Long.BYTES) ^ repeated)
                                | zeroBytes(view.getLong(i + 3 * Long.BYTES) ^ repeated))
                        == 0) {
            i += BLOCK_BYTES;
        }
        return i;
    }

    /**
     * Sets the top bit of each byte that is 0, and clears all other bits up to the first of them. Subtracting 1 sets the
     * top bit of a byte that is 0, and of others only where it was set before, or by a borrow from a 0 below.
     */
    private static long zeroBytes(long bytes) {
        return bytes - EACH_BYTE & ~bytes & EACH_BYTE << 7;
    }
}
