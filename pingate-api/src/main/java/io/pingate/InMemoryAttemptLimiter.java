package io.pingate;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts tries in this object's memory: each stranger (by address, IPv6 by /64) has 5 wrong tries, then one more each
 * minute; all strangers together have 30, then one more each minute. Holders of a cookie have as much, each and together,
 * apart from strangers.
 *
 * <p>Limits: a restart forgets all tries, and several processes count each for itself. Both kinds together are remembered
 * in fewer than 100 entries, whatever addresses an attacker comes from. Safe for use by many threads.
 */
public final class InMemoryAttemptLimiter implements AttemptLimiter {
    private static final int TRIES_OF_ONE = 5;
    private static final int TRIES_OF_ALL = 30;
    private static final long REFILL_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final long start;
    private final Budget strangers = new Budget();
    private final Budget holders = new Budget();
    private long latest;

    /**
     * Makes a limiter whose budgets are full.
     *
     * @param nanoTime nanoseconds from any start, as {@code System::nanoTime}; never the time of day, which can be set.
     *     When it falls behind itself, no try is refilled until it has caught up.
     */
    public InMemoryAttemptLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public synchronized Optional<Duration> reserve(AttemptSource guesser) {
        long wait = budget(guesser).take(key(guesser), now());
        return wait > 0 ? Optional.of(Duration.ofNanos(wait)) : Optional.empty();
    }

    @Override
    public synchronized void giveBack(AttemptSource guesser) {
        budget(guesser).giveBack(key(guesser));
    }

    @Override
    public synchronized int triesLeft(AttemptSource guesser) {
        return budget(guesser).left(key(guesser), now());
    }

    synchronized int remembered() {
        return strangers.each.size() + holders.each.size();
    }

    private Budget budget(AttemptSource guesser) {
        return guesser instanceof AttemptSource.Stranger ? strangers : holders;
    }

    private static Object key(AttemptSource guesser) {
        return guesser instanceof AttemptSource.Stranger stranger ? stranger.network() : guesser;
    }

    private long now() {
        // By difference, since System.nanoTime may be negative or pass the end of a long.
        latest = Math.max(latest, nanoTime.getAsLong() - start);
        return latest;
    }

    /**
     * What one kind of guessers may spend, each and together. A count is kept as the time at which all its tries will be
     * refilled: each try puts it off by one refill.
     *
     * <p>Only those with a try outstanding are remembered, and the common count lets no more than about 35 of them be so
     * at a time.
     */
    private static final class Budget {
        private final Map<Object, Long> each = new HashMap<>();
        private long all;

        /** How long to wait; 0 when the try was taken. */
        long take(Object guesser, long now) {
            each.values().removeIf(full -> full <= now);
            long ownAfter = each.getOrDefault(guesser, now) + REFILL_NANOS;
            long allAfter = Math.max(now, all) + REFILL_NANOS;
            long wait = Math.max(
                    ownAfter - now - TRIES_OF_ONE * REFILL_NANOS, allAfter - now - TRIES_OF_ALL * REFILL_NANOS);
            if (wait > 0) {
                return wait;
            }
            each.put(guesser, ownAfter);
            all = allAfter;
            return 0;
        }

        int left(Object guesser, long now) {
            return Math.min(left(TRIES_OF_ONE, each.getOrDefault(guesser, now), now), left(TRIES_OF_ALL, all, now));
        }

        /** A try that is refilled in part is none yet. */
        private static int left(int tries, long full, long now) {
            return tries - (int) ((Math.max(0, full - now) + REFILL_NANOS - 1) / REFILL_NANOS);
        }

        void giveBack(Object guesser) {
            all -= REFILL_NANOS;
            each.computeIfPresent(guesser, (key, full) -> full - REFILL_NANOS);
        }
    }
}
