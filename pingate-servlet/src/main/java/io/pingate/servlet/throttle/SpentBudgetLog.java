package io.pingate.servlet.throttle;

import io.github.bucket4j.TimeMeter;
import io.pingate.servlet.rate.LogLimit;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tells the log, once an hour at most, that the tries of one kind of guessers are used up: then nobody else of the kind
 * gets in, with the right PIN either. Not safe for use by many threads.
 */
final class SpentBudgetLog {
    private static final Duration PERIOD = Duration.ofHours(1);

    private final String guessers;
    private final LogLimit limit;
    private final Consumer<String> log;

    private long wrong;
    private long refused;

    SpentBudgetLog(String guessers, TimeMeter clock, Consumer<String> log) {
        this.guessers = guessers;
        this.limit = new LogLimit(PERIOD, clock::currentTimeNanos);
        this.log = log;
    }

    /** A try was had; whether it is a wrong one, turns out. */
    void tried() {
        wrong++;
    }

    void wasRight() {
        wrong--;
    }

    /** A try was refused for the sake of all guessers of the kind. */
    void refused() {
        refused++;
        if (limit.admit().isPresent()) {
            log.accept("Wrong PINs have used up the tries that all " + guessers + " share (since the start or the last"
                    + " such line: " + wrong + " wrong, " + refused + " turned away). Whoever is signed in stays so;"
                    + " nobody else of them gets in, but for one try a minute, and by a link that pingate link prints. Keep those who guess away from the gate,"
                    + " by a firewall or by the proxy before it.");
            wrong = 0;
            refused = 0;
        }
    }
}
