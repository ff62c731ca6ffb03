package io.pingate.servlet.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the fields of an event become one line of visible ASCII, which a stranger's text can neither break nor add a field to. */
public enum LogFormat {
    /** {@code name=value}, and {@code name="value"} where the value has more than the letters of names and addresses. */
    LOGFMT {
        @Override
        void begin(StringBuilder line, String name) {
            line.append(line.isEmpty() ? "" : " ").append(name).append('=');
        }

        @Override
        String text(String value) {
            return isPlain(value) ? value : LogText.quoted(value, MAX_CHARS);
        }

        @Override
        String end(StringBuilder line) {
            return line.toString();
        }
    },
    /** One object of JSON a line. */
    JSON {
        @Override
        void begin(StringBuilder line, String name) {
            line.append(line.isEmpty() ? "{\"" : ",\"").append(name).append("\":");
        }

        @Override
        String text(String value) {
            return LogText.quoted(value, MAX_CHARS);
        }

        @Override
        String end(StringBuilder line) {
            return line.append('}').toString();
        }
    };

    private static final int MAX_CHARS = 200;

    /** What comes before the value of a field. */
    abstract void begin(StringBuilder line, String name);

    /** A value that may be a stranger's. */
    abstract String text(String value);

    abstract String end(StringBuilder line);

    /**
     * Reads a setting.
     *
     * @param text its text
     * @return the format of that name
     * @throws IllegalArgumentException with the rule
     */
    public static LogFormat of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "logfmt" -> LOGFMT;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("must be logfmt or json");
        };
    }

    /** {@return an empty line} */
    public Line line() {
        return new Line(this);
    }

    private static boolean isPlain(String value) {
        if (value.isEmpty() || value.length() > MAX_CHARS) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain =
                    (c >= '-' && c <= ':') || (c >= '@' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '~';
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /** A line that is being written. */
    public static final class Line {
        private final LogFormat format;
        private final StringBuilder line = new StringBuilder(240);

        private Line(LogFormat format) {
            this.format = format;
        }

        /**
         * Adds a field of 200 characters at most.
         *
         * @param name the field's, of the gate's own
         * @param value its text, a stranger's perhaps; null for no field
         * @return this line
         */
        public Line with(String name, @Nullable String value) {
            if (value != null) {
                format.begin(line, name);
                line.append(format.text(value));
            }
            return this;
        }

        /**
         * Adds a number.
         *
         * @param name the field's, of the gate's own
         * @param value the number
         * @return this line
         */
        public Line with(String name, long value) {
            format.begin(line, name);
            line.append(value);
            return this;
        }

        /** {@return the whole line, without its end} */
        @Override
        public String toString() {
            return format.end(new StringBuilder(line));
        }
    }
}
