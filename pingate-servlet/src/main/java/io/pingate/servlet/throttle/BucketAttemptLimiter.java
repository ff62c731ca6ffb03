package io.pingate.servlet.throttle;

import io.github.bucket4j.TimeMeter;
import io.pingate.AttemptLimiter;
import io.pingate.AttemptSource;
import io.pingate.http.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts tries in memory: each stranger (by address, IPv6 by /64) has so many, all strangers together have more, and holders of
 * a cookie have as much, each and together, apart from strangers.
 */
public final class BucketAttemptLimiter implements AttemptLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(BucketAttemptLimiter.class);

    private final Kind<IpAddress> strangers;
    private final Kind<Instant> holders;

    /** A limiter of the {@linkplain Allowances#USUAL usual} budgets, which are full. */
    public BucketAttemptLimiter() {
        this(Allowances.USUAL, TimeMeter.SYSTEM_NANOTIME, LOG::warn);
    }

    /**
     * A limiter whose budgets are full.
     *
     * @param allowances what both kinds have
     * @param clock the time by which tries come back
     * @param log is told when a kind has used up all that it has
     */
    public BucketAttemptLimiter(Allowances allowances, TimeMeter clock, Consumer<String> log) {
        this.strangers = new Kind<>(allowances, clock, SpentBudgetLog.ofStrangers("", clock, log));
        this.holders = new Kind<>(allowances, clock, SpentBudgetLog.ofHolders("", clock, log));
    }

    @Override
    public Optional<Duration> reserve(AttemptSource guesser) {
        if (guesser instanceof AttemptSource.Stranger stranger) {
            return strangers.reserve(stranger.network());
        }
        return holders.reserve(((AttemptSource.Holder) guesser).expiresAt());
    }

    @Override
    public void giveBack(AttemptSource guesser) {
        if (guesser instanceof AttemptSource.Stranger stranger) {
            strangers.giveBack(stranger.network());
        } else {
            holders.giveBack(((AttemptSource.Holder) guesser).expiresAt());
        }
    }

    @Override
    public int triesLeft(AttemptSource guesser) {
        return guesser instanceof AttemptSource.Stranger stranger
                ? strangers.left(stranger.network())
                : holders.left(((AttemptSource.Holder) guesser).expiresAt());
    }

    int remembered() {
        return strangers.remembered() + holders.remembered();
    }

    /** One after the other: a bucket that is full is forgotten, and must not be one that somebody is about to take from. */
    private static final class Kind<K> {
        private final MemoryBuckets<K> buckets;
        private final Budget<K> budget;

        Kind(Allowances allowances, TimeMeter clock, SpentBudgetLog spent) {
            this.buckets = new MemoryBuckets<>(allowances, clock);
            this.budget = new Budget<>(buckets, spent);
        }

        synchronized Optional<Duration> reserve(K key) {
            return budget.reserve(key).map(Budget.Refusal::retryAfter);
        }

        synchronized void giveBack(K key) {
            budget.giveBack(key);
        }

        synchronized int left(K key) {
            return budget.left(key);
        }

        synchronized int remembered() {
            return buckets.remembered();
        }
    }
}
