package io.pingate.servlet.coding.brotli;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * A canonical prefix code (RFC 7932 section 3), read through two levels of tables.
 *
 * <p>An entry holds a symbol above its length, or the place of a second table above {@link #SECOND} plus the bits that
 * index it.
 */
final class PrefixCode {
    private static final int MAX_LENGTH = 15;
    private static final int ROOT_BITS = 8;
    private static final int ROOT_MASK = (1 << ROOT_BITS) - 1;
    private static final int LENGTH_BITS = 5;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final int SECOND = 16;

    private final int[] table;

    private PrefixCode(int[] table) {
        this.table = table;
    }

    /** A code with one symbol, which takes no bits. */
    static PrefixCode single(int symbol) {
        int[] table = new int[1 << ROOT_BITS];
        Arrays.fill(table, symbol << LENGTH_BITS);
        return new PrefixCode(table);
    }

    /**
     * Makes a code of the lengths of its words.
     *
     * @throws DataFormatException when they don't make a complete code
     */
    static PrefixCode of(int[] lengths) throws DataFormatException {
        int[] next = firstWords(lengths);
        int[] words = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                words[symbol] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
            }
        }
        int[] table = tables(lengths, words);
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                fill(table, symbol, lengths[symbol], words[symbol]);
            }
        }
        return new PrefixCode(table);
    }

    int read(BitInput in) {
        int bits = in.peek();
        int entry = table[bits & ROOT_MASK];
        int length = entry & LENGTH_MASK;
        if (length > SECOND) {
            int second = bits >>> ROOT_BITS & ((1 << (length - SECOND)) - 1);
            entry = table[(entry >>> LENGTH_BITS) + second];
            length = entry & LENGTH_MASK;
        }
        in.skip(length);
        return entry >>> LENGTH_BITS;
    }

    /** The first code word of each length (RFC 7932 section 3.2). */
    private static int[] firstWords(int[] lengths) throws DataFormatException {
        int[] counts = new int[MAX_LENGTH + 1];
        for (int length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        int[] next = new int[MAX_LENGTH + 1];
        for (int length = 1; length <= MAX_LENGTH; length++) {
            next[length] = (next[length - 1] + counts[length - 1]) << 1;
        }
        if (next[MAX_LENGTH] + counts[MAX_LENGTH] != 1 << MAX_LENGTH) {
            throw new DataFormatException("br: incomplete prefix code");
        }
        return next;
    }

    /** Makes the root table and, behind it, a second table for each root entry with longer words. */
    private static int[] tables(int[] lengths, int[] words) {
        int[] longest = new int[1 << ROOT_BITS];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int root = words[symbol] & ROOT_MASK;
            longest[root] = Math.max(longest[root], lengths[symbol] - ROOT_BITS);
        }
        int size = longest.length;
        int[] entries = new int[longest.length];
        for (int root = 0; root < longest.length; root++) {
            if (longest[root] > 0) {
                entries[root] = size << LENGTH_BITS | (SECOND + longest[root]);
                size += 1 << longest[root];
            }
        }
        return Arrays.copyOf(entries, size);
    }

    private static void fill(int[] table, int symbol, int length, int word) {
        int start = 0;
        int size = 1 << ROOT_BITS;
        int skipped = 0;
        if (length > ROOT_BITS) {
            int second = table[word & ROOT_MASK];
            start = second >>> LENGTH_BITS;
            size = 1 << ((second & LENGTH_MASK) - SECOND);
            skipped = ROOT_BITS;
        }
        for (int i = word >>> skipped; i < size; i += 1 << (length - skipped)) {
            table[start + i] = symbol << LENGTH_BITS | length;
        }
    }
}
