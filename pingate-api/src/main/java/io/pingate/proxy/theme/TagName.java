package io.pingate.proxy.theme;

/** A tag's name while it is read: up to eight bytes in lower case; a longer one is none that anybody looks for. */
final class TagName {
    private long packed;
    private int length;

    /** {@return a name of up to eight letters, as {@link #is} takes it} */
    static long pack(String name) {
        long packed = 0;
        for (int i = 0; i < name.length(); i++) {
            packed = packed << Byte.SIZE | name.charAt(i);
        }
        return packed;
    }

    static boolean isLetter(byte c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isSpace(byte c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }

    /** {@return whether the byte ends a name} */
    static boolean isEnd(byte c) {
        return c == '>' || c == '/' || isSpace(c);
    }

    void clear() {
        packed = 0;
        length = 0;
    }

    void add(byte c) {
        packed = length < Long.BYTES ? packed << Byte.SIZE | (c & 0xFF) | 0x20 : -1;
        length = Math.min(length + 1, Long.BYTES + 1);
    }

    boolean is(long name) {
        return packed == name;
    }

    int length() {
        return length;
    }

    /** {@return whether what was read is how a name of four letters begins} */
    boolean beginsLike(long name) {
        return length <= 4 && name >>> ((4 - length) * Byte.SIZE) == packed;
    }
}
