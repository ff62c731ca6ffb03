package io.pingate.standalone;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Writes an event as {@code 2026-11-24 14:03:05 WARN  message}; control characters can't fake a line of their own. */
final class LogLine extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final boolean withStackTrace;

    LogLine(boolean withStackTrace) {
        this.withStackTrace = withStackTrace;
    }

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(TIME.format(event.getInstant()))
                .append(String.format(" %-5s ", name(event.getLevel())))
                .append(printable(formatMessage(event)));
        Throwable thrown = event.getThrown();
        if (thrown != null && !withStackTrace) {
            line.append(printable(causes(thrown)));
        }
        line.append(System.lineSeparator());
        if (thrown != null && withStackTrace) {
            line.append(stackTrace(thrown));
        }
        return line.toString();
    }

    private static String name(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (value >= Level.INFO.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    private static String causes(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? " (" : ": ").append(cause.getClass().getSimpleName());
            if (cause.getMessage() != null) {
                text.append(' ').append(cause.getMessage());
            }
        }
        return text.append(')').toString();
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
