package io.pingate.servlet.coding.brotli;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/** Reads how prefix codes are written in a meta-block header (RFC 7932 sections 3.4 and 3.5). */
final class PrefixCodes {
    private static final int[] LENGTH_ORDER = {1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int LENGTH_CODES = 18;
    private static final int REPEAT_LENGTH = 16;
    private static final int INITIAL_LENGTH = 8;
    private static final int COMPLETE = 1 << 15;
    /** The fixed code for lengths of code lengths, by the next four bits: symbol * 8 + bits taken. */
    private static final int[] LENGTH_LENGTHS = new int[16];

    static {
        for (int bits = 0; bits < LENGTH_LENGTHS.length; bits++) {
            LENGTH_LENGTHS[bits] = switch (bits & 3) {
                case 0 -> 8 * 0 + 2;
                case 1 -> 8 * 4 + 2;
                case 2 -> 8 * 3 + 2;
                default -> (bits & 4) == 0 ? 8 * 2 + 3 : bits == 7 ? 8 * 1 + 4 : 8 * 5 + 4;
            };
        }
    }

    private PrefixCodes() {}

    static PrefixCode read(BitInput in, int alphabet) throws DataFormatException {
        int kind = in.read(2);
        return kind == 1 ? readSimple(in, alphabet) : readComplex(in, alphabet, kind);
    }

    private static PrefixCode readSimple(BitInput in, int alphabet) throws DataFormatException {
        int[] symbols = new int[in.read(2) + 1];
        int symbolBits = Integer.SIZE - Integer.numberOfLeadingZeros(alphabet - 1);
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = in.read(symbolBits);
        }
        int[] shape =
                switch (symbols.length) {
                    case 1 -> new int[] {0};
                    case 2 -> new int[] {1, 1};
                    case 3 -> new int[] {1, 2, 2};
                    default -> in.readFlag() ? new int[] {1, 2, 3, 3} : new int[] {2, 2, 2, 2};
                };
        int[] lengths = new int[alphabet];
        for (int i = 0; i < symbols.length; i++) {
            if (symbols[i] >= alphabet || lengths[symbols[i]] != 0) {
                throw new DataFormatException("br: bad symbol in a simple prefix code");
            }
            lengths[symbols[i]] = shape[i];
        }
        return symbols.length == 1 ? PrefixCode.single(symbols[0]) : PrefixCode.of(lengths);
    }

    private static PrefixCode readComplex(BitInput in, int alphabet, int skipped) throws DataFormatException {
        PrefixCode lengthCode = readLengthCode(in, skipped);
        int[] lengths = new int[alphabet];
        int symbol = 0;
        int space = COMPLETE;
        int previous = INITIAL_LENGTH;
        int repeated = -1;
        int repeats = 0;
        while (symbol < alphabet && space > 0) {
            int code = lengthCode.read(in);
            int run = 1;
            int length = code;
            if (code >= REPEAT_LENGTH) {
                int extraBits = code - REPEAT_LENGTH + 2;
                length = code == REPEAT_LENGTH ? previous : 0;
                // A repeat right after one of the same length makes that one longer (RFC 7932 section 3.5).
                int before = length == repeated ? repeats : 0;
                repeats = (before > 0 ? (before - 2) << extraBits : 0) + in.read(extraBits) + 3;
                repeated = length;
                run = repeats - before;
            } else {
                repeated = -1;
                previous = code == 0 ? previous : code;
            }
            if (run > alphabet - symbol) {
                throw new DataFormatException("br: too many code lengths");
            }
            Arrays.fill(lengths, symbol, symbol + run, length);
            symbol += run;
            space -= length == 0 ? 0 : run * (COMPLETE >> length);
        }
        return PrefixCode.of(lengths);
    }

    private static PrefixCode readLengthCode(BitInput in, int skipped) throws DataFormatException {
        int[] lengths = new int[LENGTH_CODES];
        int space = 32;
        int used = 0;
        int last = 0;
        for (int i = skipped; i < LENGTH_CODES && space > 0; i++) {
            int entry = LENGTH_LENGTHS[in.peek() & 15];
            in.skip(entry & 7);
            int length = entry >>> 3;
            if (length > 0) {
                last = LENGTH_ORDER[i];
                lengths[last] = length;
                space -= 32 >> length;
                used++;
            }
        }
        return used == 1 ? PrefixCode.single(last) : PrefixCode.of(lengths);
    }
}
