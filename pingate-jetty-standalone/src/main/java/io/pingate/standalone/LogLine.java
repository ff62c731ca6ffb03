package io.pingate.standalone;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as {@code 2026-11-24 14:03:05 WARN  message}; nothing in it can fake a line of its own, see
 * {@link LogText}.
 */
final class LogLine extends Formatter {
    private final boolean withStackTrace;

    LogLine(boolean withStackTrace) {
        this.withStackTrace = withStackTrace;
    }

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(Time.FORMAT.format(event.getInstant()))
                .append(String.format(" %-5s ", name(event.getLevel())))
                .append(LogText.of(formatMessage(event)));
        Throwable thrown = event.getThrown();
        if (thrown != null && !withStackTrace) {
            line.append(LogText.of(causes(thrown)));
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
        Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable cause = thrown; cause != null && told.add(cause); cause = cause.getCause()) {
            text.append(text.isEmpty() ? " (" : ": ").append(cause.getClass().getSimpleName());
            if (cause.getMessage() != null) {
                text.append(' ').append(cause.getMessage());
            }
        }
        return text.append(')').toString();
    }

    /** As Java prints it, except that a message is one line. */
    private static String stackTrace(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable cause = thrown; cause != null && told.add(cause); cause = cause.getCause()) {
            text.append(cause == thrown ? "" : "Caused by: ")
                    .append(LogText.of(cause.toString()))
                    .append(System.lineSeparator());
            for (StackTraceElement element : cause.getStackTrace()) {
                text.append("\tat ").append(element).append(System.lineSeparator());
            }
        }
        return text.toString();
    }

    /** Looked up with the first line: a start that has nothing to say needs no time zones. */
    private static final class Time {
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    }
}
