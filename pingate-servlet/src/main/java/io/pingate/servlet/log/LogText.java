package io.pingate.servlet.log;

import java.util.HexFormat;

/** What strangers sent, as it may stand in a line of a log: bounded, and unable to break or colour the line. */
public final class LogText {
    private static final int MAX_CHARS = 120;
    private static final HexFormat HEX = HexFormat.of();

    private LogText() {}

    /**
     * Quotes a text for a sentence.
     *
     * @param text a stranger's
     * @return as {@link #quoted(String, int)} does, of 120 characters at most
     */
    public static String quoted(String text) {
        return quoted(text, MAX_CHARS);
    }

    /**
     * Puts a text in quotes. What isn't visible ASCII, and the quotes and backslashes inside, are escaped; the result is a
     * string of JSON (RFC 8259 section 7), and one of logfmt too.
     *
     * @param text a stranger's
     * @param maxChars how much of it to show; dots tell that there was more
     * @return the quoted text, on one line
     */
    public static String quoted(String text, int maxChars) {
        int end = Math.min(text.length(), maxChars);
        StringBuilder quoted = new StringBuilder(end + 8).append('"');
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                quoted.append("\\u").append(HEX.toHexDigits(c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(text.length() > maxChars ? "...\"" : "\"").toString();
    }
}
