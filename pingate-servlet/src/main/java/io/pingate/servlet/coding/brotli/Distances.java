package io.pingate.servlet.coding.brotli;

import java.util.zip.DataFormatException;

/** The last four distances, and how distance symbols refer to them (RFC 7932 section 4). */
final class Distances {
    private static final int[] BACK = {0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    private static final int[] OFFSET = {0, 0, 0, 0, -1, 1, -2, 2, -3, 3, -1, 1, -2, 2, -3, 3};

    private final int[] ring = {4, 11, 15, 16};
    private int pushed;

    int last() {
        return recent(0);
    }

    void push(int distance) {
        pushed = (pushed + 3) & 3;
        ring[pushed] = distance;
    }

    int read(int symbol, MetaBlock block, BitInput in) throws DataFormatException {
        if (symbol < BACK.length) {
            int distance = recent(BACK[symbol]) + OFFSET[symbol];
            if (distance <= 0) {
                throw new DataFormatException("br: bad distance");
            }
            return distance;
        }
        int code = symbol - BACK.length - block.directDistances;
        if (code < 0) {
            return symbol - BACK.length + 1;
        }
        int postfix = code & ((1 << block.postfixBits) - 1);
        int prefix = code >>> block.postfixBits;
        int extraBits = 1 + (prefix >>> 1);
        int offset = ((2 + (prefix & 1)) << extraBits) - 4;
        return ((offset + in.read(extraBits)) << block.postfixBits) + postfix + block.directDistances + 1;
    }

    private int recent(int back) {
        return ring[(pushed + back) & 3];
    }
}
