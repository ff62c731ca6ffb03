package io.pingate.standalone;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.event.Level;

/** The program's log: one line per event on the standard error stream, and never a secret in it. */
final class Logging {
    /** The gate's own loggers: the only ones whose words below INFO are known to hold no secret. */
    private static final String OWN = "io.pingate";

    private Logging() {}

    /** Sets the process's logging up; whatever was configured before is gone. */
    static void configure(Level level) {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setLevel(java.util.logging.Level.ALL);
        handler.setFormatter(new LogLine(isDetailed(level)));
        LogRate rate = new LogRate();
        handler.setFilter(event -> isOwn(event) || (isSafe(event) && rate.allows(event)));
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(ofLibraries(level));
        Own.LOGGER.setLevel(own(level));
    }

    private static boolean isDetailed(Level level) {
        return level == Level.DEBUG || level == Level.TRACE;
    }

    private static java.util.logging.Level own(Level level) {
        return switch (level) {
            case ERROR -> java.util.logging.Level.SEVERE;
            case WARN -> java.util.logging.Level.WARNING;
            case INFO -> java.util.logging.Level.INFO;
            case DEBUG -> java.util.logging.Level.FINE;
            case TRACE -> java.util.logging.Level.FINEST;
        };
    }

    /** One step less than the gate's own: at INFO, Jetty tells of each part that it starts. */
    private static java.util.logging.Level ofLibraries(Level level) {
        return switch (level) {
            case ERROR -> java.util.logging.Level.SEVERE;
            case WARN, INFO -> java.util.logging.Level.WARNING;
            case DEBUG, TRACE -> java.util.logging.Level.INFO;
        };
    }

    private static boolean isOwn(LogRecord event) {
        String name = event.getLoggerName();
        return name != null && (name.equals(OWN) || name.startsWith(OWN + "."));
    }

    /** Jetty's DEBUG prints whole headers, with cookies and PINs in them, so it is cut off here at whatever level. */
    private static boolean isSafe(LogRecord event) {
        return event.getLevel().intValue() >= java.util.logging.Level.INFO.intValue();
    }

    /** JUL holds its loggers weakly; without this one a level that was set would be lost. */
    private static final class Own {
        private static final Logger LOGGER = Logger.getLogger(OWN);
    }
}
