package io.pingate.servlet.page;

/** What strangers sent, as it may stand in a line of the log: bounded, and unable to break or colour the line. */
final class LogText {
    private static final int MAX_CHARS = 120;

    private LogText() {}

    /** In quotes; what isn't visible ASCII, and the quotes and backslashes inside, are escaped. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().limit(MAX_CHARS).forEach(c -> {
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append(text.length() > MAX_CHARS ? "...\"" : "\"").toString();
    }
}
