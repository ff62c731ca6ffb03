package io.pingate.servlet.coding.brotli;

import java.util.zip.DataFormatException;

/** The block types of literals, commands or distances, and when they change (RFC 7932 section 6). */
final class BlockSwitch {
    private static final int COUNT_SYMBOLS = 26;
    private static final int[] COUNT_BASE = {
        1, 5, 9, 13, 17, 25, 33, 41, 49, 65, 81, 97, 113, 145, 177, 209, 241, 305, 369, 497, 753, 1265, 2289, 4337,
        8433, 16625
    };
    private static final int[] COUNT_EXTRA_BITS = {
        2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24
    };

    private final int types;
    private final PrefixCode typeCode;
    private final PrefixCode countCode;
    private int type;
    private int previousType = 1;
    private int left;

    private BlockSwitch(int types, PrefixCode typeCode, PrefixCode countCode, int left) {
        this.types = types;
        this.typeCode = typeCode;
        this.countCode = countCode;
        this.left = left;
    }

    /** One type that never changes. */
    static BlockSwitch single() {
        return new BlockSwitch(1, PrefixCode.single(0), PrefixCode.single(0), Integer.MAX_VALUE);
    }

    static BlockSwitch read(BitInput in) throws DataFormatException {
        int types = readCount(in);
        if (types == 1) {
            return single();
        }
        PrefixCode typeCode = PrefixCodes.read(in, types + 2);
        PrefixCode countCode = PrefixCodes.read(in, COUNT_SYMBOLS);
        return new BlockSwitch(types, typeCode, countCode, readBlockCount(in, countCode));
    }

    /** A number of block types or of trees, 1 to 256 (RFC 7932 section 9.2). */
    static int readCount(BitInput in) {
        if (!in.readFlag()) {
            return 1;
        }
        int extraBits = in.read(3);
        return 1 + (1 << extraBits) + in.read(extraBits);
    }

    int types() {
        return types;
    }

    int type() {
        return type;
    }

    /** {@return true when the next element needs {@link #change} first} */
    boolean isOver() {
        return left == 0;
    }

    /** Counts one element of the block. */
    void count() {
        left--;
    }

    /** Begins the next block; a step of its own, since it may want for bits. */
    void change(BitInput in) {
        int symbol = typeCode.read(in);
        int count = readBlockCount(in, countCode);
        int next =
                switch (symbol) {
                    case 0 -> previousType;
                    case 1 -> (type + 1) % types;
                    default -> symbol - 2;
                };
        previousType = type;
        type = next;
        left = count;
    }

    private static int readBlockCount(BitInput in, PrefixCode code) {
        int symbol = code.read(in);
        return COUNT_BASE[symbol] + in.read(COUNT_EXTRA_BITS[symbol]);
    }
}
