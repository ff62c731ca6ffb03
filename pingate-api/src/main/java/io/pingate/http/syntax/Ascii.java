package io.pingate.http.syntax;

/** Letters and digits of ASCII, whatever Unicode or a locale think of others. */
public final class Ascii {
    private Ascii() {}

    /**
     * Tells whether a character is one.
     *
     * @param c the character
     * @return true for a to z, A to Z and 0 to 9
     */
    public static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
