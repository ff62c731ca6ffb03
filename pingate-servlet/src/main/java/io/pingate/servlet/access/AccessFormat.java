package io.pingate.servlet.access;

import io.pingate.servlet.log.LogText;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a request becomes one line of visible ASCII, which a client's text can neither break nor add a field to. */
enum AccessFormat {
    /** As Apache and nginx call it, with times in UTC. */
    COMBINED {
        @Override
        String line(AccessEntry entry) {
            StringBuilder line = new StringBuilder(240).append(entry.client()).append(" - - [");
            TIME.formatTo(entry.time(), line);
            line.append("] \"");
            AccessEntry.Line request = entry.line();
            if (request == null) {
                line.append('-');
            } else {
                escape(request.method(), line);
                line.append(' ');
                escape(request.target(), line);
                line.append(' ').append(request.protocol());
            }
            line.append("\" ").append(status(entry)).append(' ').append(entry.bytes());
            quote(entry.referer(), line);
            quote(entry.userAgent(), line);
            return line.toString();
        }
    },
    /** One object of JSON a line. */
    JSON {
        @Override
        String line(AccessEntry entry) {
            StringBuilder line = new StringBuilder(320).append("{\"time\":\"");
            line.append(entry.time().truncatedTo(ChronoUnit.MILLIS)).append('"');
            text("client", entry.client(), line);
            AccessEntry.Line request = entry.line();
            if (request != null) {
                text("method", request.method(), line);
                text("target", request.target(), line);
                text("protocol", request.protocol(), line);
            }
            line.append(",\"status\":").append(status(entry));
            line.append(",\"bytes\":").append(entry.bytes());
            line.append(",\"duration_ms\":");
            millis(entry.duration(), line);
            text("referer", entry.referer(), line);
            text("user_agent", entry.userAgent(), line);
            return line.append('}').toString();
        }
    };

    /** Of each of the client's texts; dots tell that there was more. */
    static final int MAX_CHARS = 1024;

    /** nginx's code for a client that didn't wait for an answer. */
    private static final int CLIENT_LEFT = 499;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int MICROS_OF_MILLI = 1000;

    abstract String line(AccessEntry entry);

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException with the rule
     */
    static AccessFormat of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "combined" -> COMBINED;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("must be combined or json");
        };
    }

    private static int status(AccessEntry entry) {
        return entry.status() == 0 ? CLIENT_LEFT : entry.status();
    }

    private static void quote(@Nullable String value, StringBuilder line) {
        line.append(" \"");
        escape(value == null ? "-" : value, line);
        line.append('"');
    }

    /** As nginx does: there is no quote within quotes, for readers that know of no escapes either. */
    private static void escape(String value, StringBuilder line) {
        for (int i = 0; i < Math.min(value.length(), MAX_CHARS); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                line.append("\\x").append(HEX.toHexDigits((byte) c));
            } else {
                line.append(c);
            }
        }
        if (value.length() > MAX_CHARS) {
            line.append("...");
        }
    }

    private static void text(String name, @Nullable String value, StringBuilder line) {
        if (value != null) {
            line.append(",\"").append(name).append("\":").append(LogText.quoted(value, MAX_CHARS));
        }
    }

    private static void millis(Duration duration, StringBuilder line) {
        long micros = Math.max(0, duration.toNanos() / MICROS_OF_MILLI);
        String fraction = Long.toString(MICROS_OF_MILLI + micros % MICROS_OF_MILLI);
        line.append(micros / MICROS_OF_MILLI).append('.').append(fraction, 1, fraction.length());
    }
}
