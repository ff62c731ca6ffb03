package io.pingate.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * How often a library may write into the log: Jetty's parser warns of every request that has two {@code Host} fields, and
 * anybody can send a thousand of those a second. Each logger may write some lines at once and then one every few seconds; the
 * next line says how many were left out.
 */
final class LogRate {
    private static final int AT_ONCE = 10;
    private static final Duration ONE_MORE = Duration.ofSeconds(10);

    private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

    /** Whether the event may be written; if lines were left out before it, it says so from now on. */
    boolean allows(LogRecord event) {
        String logger = event.getLoggerName() == null ? "" : event.getLoggerName();
        // Loggers are named by classes: there is a bounded number of them.
        return budgets.computeIfAbsent(logger, name -> new Budget(event.getInstant()))
                .allows(event);
    }

    private static final class Budget {
        private Instant refilled;
        private int lines = AT_ONCE;
        private int leftOut;

        private Budget(Instant now) {
            refilled = now;
        }

        private synchronized boolean allows(LogRecord event) {
            refill(event.getInstant());
            if (lines == 0) {
                leftOut++;
                return false;
            }
            lines--;
            if (leftOut > 0) {
                event.setMessage(told(event.getMessage()));
                leftOut = 0;
            }
            return true;
        }

        private String told(@Nullable String message) {
            return "(" + leftOut + " lines like this were left out) " + message;
        }

        private void refill(Instant now) {
            long due = Duration.between(refilled, now).dividedBy(ONE_MORE);
            if (due < 0) {
                // The clock was set back.
                refilled = now;
            } else if (due > 0) {
                lines = (int) Math.min(AT_ONCE, lines + due);
                refilled = now;
            }
        }
    }
}
