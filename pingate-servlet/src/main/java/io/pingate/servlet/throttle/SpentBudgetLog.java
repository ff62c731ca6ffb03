package io.pingate.servlet.throttle;

import io.github.bucket4j.TimeMeter;
import io.pingate.servlet.rate.LogLimit;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tells the log, once an hour at most, that the tries of one kind of guessers are used up: then nobody else of the kind
 * gets in, with the right PIN either. Thread-safe.
 */
public final class SpentBudgetLog {
    private static final Duration PERIOD = Duration.ofHours(1);

    private final String guessers;
    private final LogLimit limit;
    private final Consumer<String> log;

    private long wrong;
    private long refused;

    private SpentBudgetLog(String guessers, TimeMeter clock, Consumer<String> log) {
        this.guessers = guessers;
        this.limit = new LogLimit(PERIOD, clock::currentTimeNanos);
        this.log = log;
    }

    /**
     * For strangers.
     *
     * @param where follows the words that say who they are, as in {@code " at all gates"}
     * @param clock the time by which an hour is one
     * @param log is told
     * @return a log for them
     */
    public static SpentBudgetLog ofStrangers(String where, TimeMeter clock, Consumer<String> log) {
        return new SpentBudgetLog("browsers that were never signed in" + where, clock, log);
    }

    /**
     * The same for holders of a cookie.
     *
     * @param where follows the words that say who they are
     * @param clock the time by which an hour is one
     * @param log is told
     * @return a log for them
     */
    public static SpentBudgetLog ofHolders(String where, TimeMeter clock, Consumer<String> log) {
        return new SpentBudgetLog("browsers that were signed in once" + where, clock, log);
    }

    /** A try was had; whether it is a wrong one, turns out. */
    synchronized void tried() {
        wrong++;
    }

    synchronized void wasRight() {
        wrong--;
    }

    /** A try was refused for the sake of all guessers of the kind. */
    public synchronized void refused() {
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
