package io.pingate.servlet.log;

import io.pingate.servlet.settings.Values;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Where a log goes, as a setting says. */
public sealed interface LogPlace {
    /** There is no such log. */
    record Off() implements LogPlace {}

    /** To the process's standard error stream. */
    record StandardError() implements LogPlace {}

    /**
     * To the log of whatever the gate runs in.
     *
     * @param logger the name of SLF4J's logger
     */
    record Logger(String logger) implements LogPlace {}

    /**
     * To a file.
     *
     * @param path the file's
     */
    record ToFile(Path path) implements LogPlace {}

    /**
     * Reads a setting. A file is not opened, since commands read settings too.
     *
     * @param text {@code stderr}, {@code log} (that of whatever the gate runs in), {@code off} or a file's path with a slash
     *     in it, so that a slip makes no file
     * @param logger the name of SLF4J's logger for {@code log}
     * @return the place
     * @throws IllegalArgumentException with the rule
     */
    static LogPlace of(String text, String logger) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "off" -> new Off();
            case "stderr" -> new StandardError();
            case "log" -> new Logger(logger);
            default -> file(text);
        };
    }

    private static LogPlace file(String text) {
        if (text.indexOf('/') < 0 && !text.contains(File.separator)) {
            throw new IllegalArgumentException(
                    "must be stderr, log, off or a file's path with a / in it, as in ./pingate.log");
        }
        Path file = Values.path(text).toAbsolutePath();
        Path folder = file.getParent();
        boolean writable = Files.exists(file)
                ? Files.isWritable(file) && !Files.isDirectory(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!writable) {
            throw new IllegalArgumentException(
                    "can't write to " + text + "; name a file in a folder that exists and that this user may write to");
        }
        return new ToFile(file);
    }

    /** {@return what writes there; nothing is opened before the first line} */
    default LogTarget target() {
        if (this instanceof ToFile file) {
            return new LogFile(file.path(), System::nanoTime);
        }
        if (this instanceof Logger log) {
            org.slf4j.Logger logger = LoggerFactory.getLogger(log.logger());
            return lines -> lines.forEach(logger::info);
        }
        if (this instanceof StandardError) {
            return new StandardErrorLog(System.err);
        }
        return lines -> {};
    }
}
