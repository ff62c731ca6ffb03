package io.pingate.servlet.coding.brotli;

/** The context of a literal: what the two bytes before it say of it (RFC 7932 section 7.1). */
final class LiteralContext {
    private static final int LSB6 = 0;
    private static final int MSB6 = 1;
    private static final int UTF8 = 2;

    /** For ASCII: the kind of the last byte, a quarter of it as a letter counted from the blank. */
    private static final String KINDS = "         !!  !                  "
            + "\"#$##%#$&'##(#)#++++++++++((&*'##,---,---,-----,-----,-----&#'###.///.///./////./////./////&#'# ";

    private static final byte[] LAST = new byte[256];
    private static final byte[] SECOND_LAST = new byte[256];
    private static final byte[] SIGNED = new byte[256];

    static {
        for (int b = 0; b < 256; b++) {
            LAST[b] = (byte) (b < 0x80 ? 4 * (KINDS.charAt(b) - ' ') : (b >> 6 & 1) * 2 + (b & 1));
            SECOND_LAST[b] = (byte) secondLast(b);
            SIGNED[b] = (byte)
                    (b == 0 ? 0 : b < 16 ? 1 : b < 64 ? 2 : b < 128 ? 3 : b < 192 ? 4 : b < 240 ? 5 : b < 255 ? 6 : 7);
        }
    }

    private LiteralContext() {}

    static int of(int mode, int last, int secondLast) {
        return switch (mode) {
            case LSB6 -> last & 0x3F;
            case MSB6 -> last >>> 2;
            case UTF8 -> LAST[last] | SECOND_LAST[secondLast];
            default -> SIGNED[last] << 3 | SIGNED[secondLast];
        };
    }

    private static int secondLast(int b) {
        if (b >= 'a' && b <= 'z') {
            return 3;
        }
        if ((b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || b >= 0xE0) {
            return 2;
        }
        return b > ' ' && b < 0x7F ? 1 : 0;
    }
}
