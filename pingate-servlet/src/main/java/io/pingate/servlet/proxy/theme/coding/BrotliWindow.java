package io.pingate.servlet.proxy.theme.coding;

/** How much of the past a Brotli stream refers to, which its first byte tells (RFC 7932 section 9.1). */
final class BrotliWindow {
    /** The largest window, 16 MiB. */
    static final int MAX_BITS = 24;
    /** What {@link #bits} answers for a first byte that no stream begins with, among them that of "large window". */
    static final int INVALID = 0;

    /** Three groups of up to 256 prefix codes of 1,080 entries each, and what is small beside them. */
    private static final long CODES_BYTES = 4L << 20;

    private BrotliWindow() {}

    /** {@return the window's size as a power of two} */
    static int bits(byte first) {
        if ((first & 1) == 0) {
            return 16;
        }
        int large = first >> 1 & 7;
        if (large != 0) {
            return 17 + large;
        }
        int small = first >> 4 & 7;
        return switch (small) {
            case 0 -> 17;
            case 1 -> INVALID;
            default -> 8 + small;
        };
    }

    /** {@return the most that a decoder takes: its buffer grows by doubling, when the old one is still there} */
    static long memoryBytes(int bits) {
        return (3L << bits) / 2 + CODES_BYTES;
    }
}
