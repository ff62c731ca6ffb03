package io.pingate.standalone;

/**
 * Text as it may stand in a line of the log, whoever wrote it: strangers' requests are quoted in there. It is of bounded
 * length, and what would steer a terminal, break the line or turn its direction around is escaped.
 */
final class LogText {
    /** Longer than any message of the gate's own. */
    private static final int MAX_CHARS = 2_000;

    private LogText() {}

    static String of(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_CHARS) + 16);
        text.substring(0, Math.min(text.length(), MAX_CHARS)).codePoints().forEach(c -> append(line, c));
        if (text.length() > MAX_CHARS) {
            line.append("... (").append(text.length() - MAX_CHARS).append(" more characters)");
        }
        return line.toString();
    }

    private static void append(StringBuilder line, int c) {
        if (isPrintable(c)) {
            line.appendCodePoint(c);
        } else {
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.append(String.format("\\u%04x", c));
            }
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
