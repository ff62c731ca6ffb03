package io.pingate.servlet.coding.brotli;

/**
 * Insert so many literals, then copy so many bytes (RFC 7932 section 5).
 *
 * @param insertLength how many literals follow
 * @param copyLength how many bytes are copied then, or how long the dictionary word is
 * @param repeatsDistance true when the last distance serves again
 */
record Command(int insertLength, int copyLength, boolean repeatsDistance) {
    private static final int[] INSERT_BASE = {
        0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 18, 26, 34, 50, 66, 98, 130, 194, 322, 578, 1090, 2114, 6210, 22594
    };
    private static final int[] INSERT_EXTRA_BITS = {
        0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24
    };
    private static final int[] COPY_BASE = {
        2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18, 22, 30, 38, 54, 70, 102, 134, 198, 326, 582, 1094, 2118
    };
    private static final int[] COPY_EXTRA_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24
    };
    /** For each 64 symbols where the insert and the copy codes begin. */
    private static final int[] INSERT_START = {0, 0, 0, 0, 8, 8, 0, 16, 8, 16, 16};

    private static final int[] COPY_START = {0, 8, 0, 8, 0, 8, 16, 0, 16, 8, 16};
    private static final int REPEATING_SYMBOLS = 128;

    static Command read(int symbol, BitInput in) {
        int insert = INSERT_START[symbol >>> 6] + (symbol >>> 3 & 7);
        int copy = COPY_START[symbol >>> 6] + (symbol & 7);
        int insertLength = INSERT_BASE[insert] + in.read(INSERT_EXTRA_BITS[insert]);
        int copyLength = COPY_BASE[copy] + in.read(COPY_EXTRA_BITS[copy]);
        return new Command(insertLength, copyLength, symbol < REPEATING_SYMBOLS);
    }
}
