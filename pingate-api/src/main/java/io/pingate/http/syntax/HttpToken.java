package io.pingate.http.syntax;

/** The words that HTTP is made of: methods, field names, names of cookies (RFC 9110 section 5.6.2). */
public final class HttpToken {
    private static final String OTHER = "!#$%&'*+-.^_`|~";

    private HttpToken() {}

    /**
     * Tells whether a text is a token.
     *
     * @param text the text
     * @return true when it has one character or more, all of them a token's
     */
    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenChar(char c) {
        return Ascii.isAlphanumeric(c) || OTHER.indexOf(c) >= 0;
    }
}
