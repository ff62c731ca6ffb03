package io.pingate;

/** The words that HTTP is made of: methods, field names, names of cookies (RFC 9110 section 5.6.2). */
final class HttpToken {
    private static final String OTHER = "!#$%&'*+-.^_`|~";

    private HttpToken() {}

    static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || OTHER.indexOf(c) >= 0;
    }
}
