package io.pingate.servlet.coding.brotli;

import java.util.zip.DataFormatException;

/** Which prefix code is used for a block type and a context (RFC 7932 section 7.3). */
final class ContextMap {
    private final byte[] map;
    private final int trees;
    private final int runs;
    private final PrefixCode code;
    private int filled;

    private ContextMap(int size, int trees, int runs, PrefixCode code) {
        this.map = new byte[size];
        this.trees = trees;
        this.runs = runs;
        this.code = code;
    }

    /** One tree for everything. */
    static ContextMap single(int size) {
        ContextMap map = new ContextMap(size, 1, 0, PrefixCode.single(0));
        map.filled = size;
        return map;
    }

    /** Reads how the map is written; then it is to be {@link #fill filled}. */
    static ContextMap read(BitInput in, int size) throws DataFormatException {
        int trees = BlockSwitch.readCount(in);
        if (trees == 1) {
            return single(size);
        }
        int runs = in.readFlag() ? in.read(4) + 1 : 0;
        return new ContextMap(size, trees, runs, PrefixCodes.read(in, trees + runs));
    }

    int trees() {
        return trees;
    }

    int tree(int index) {
        return map[index] & 0xFF;
    }

    /** Reads an entry, a run of zeros or, at the end, whether the map is moved to front: one step; {@return true when done} */
    boolean fill(BitInput in) throws DataFormatException {
        if (filled < map.length) {
            fillEntry(in);
            return false;
        }
        if (trees > 1 && in.readFlag()) {
            undoMoveToFront();
        }
        return true;
    }

    private void fillEntry(BitInput in) throws DataFormatException {
        int symbol = code.read(in);
        if (symbol > runs) {
            map[filled++] = (byte) (symbol - runs);
            return;
        }
        int run = symbol == 0 ? 1 : (1 << symbol) + in.read(symbol);
        if (run > map.length - filled) {
            throw new DataFormatException("br: context map too long");
        }
        filled += run;
    }

    private void undoMoveToFront() {
        byte[] recent = new byte[256];
        for (int i = 0; i < recent.length; i++) {
            recent[i] = (byte) i;
        }
        for (int i = 0; i < map.length; i++) {
            int index = map[i] & 0xFF;
            byte value = recent[index];
            map[i] = value;
            System.arraycopy(recent, 0, recent, 1, index);
            recent[0] = value;
        }
    }
}
