package io.pingate.proxy;

/** Letters and digits of ASCII, whatever Unicode or a locale think of others. */
final class Ascii {
    private Ascii() {}

    static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
