package io.pingate.servlet.throttle;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.pingate.AttemptLimiter;
import io.pingate.AttemptSource;
import io.pingate.http.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts tries in memory: each stranger (by address, IPv6 by /64) has 5, then one more each minute; all strangers together
 * have 30, then 60 an hour. Holders of a cookie have as much, each and together, apart from strangers.
 */
public final class BucketAttemptLimiter implements AttemptLimiter {
    static final int CLIENT_TRIES = 5;
    public static final int ALL_TRIES = 30;
    public static final int ALL_TRIES_AN_HOUR = 60;

    private static final Logger LOG = LoggerFactory.getLogger(BucketAttemptLimiter.class);

    private final Budget<IpAddress> strangers;
    private final Budget<Instant> holders;

    /** A limiter whose budgets are full. */
    public BucketAttemptLimiter() {
        this(TimeMeter.SYSTEM_NANOTIME, LOG::warn);
    }

    BucketAttemptLimiter(TimeMeter clock, Consumer<String> log) {
        this.strangers = new Budget<>(clock, new SpentBudgetLog("browsers that were never signed in", clock, log));
        this.holders = new Budget<>(clock, new SpentBudgetLog("browsers that were signed in once", clock, log));
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

    /**
     * What one kind of guessers may spend, each and together.
     *
     * <p>Only those with a try outstanding are remembered, and the common bucket lets no more than about 35 of them be so
     * at a time: memory is bounded, whatever addresses an attacker comes from.
     */
    private static final class Budget<K> {
        private final TimeMeter clock;
        private final SpentBudgetLog spent;
        /** Full until the first try, and not made before it. */
        private @Nullable Bucket all;

        private final Map<K, Bucket> each = new HashMap<>();

        Budget(TimeMeter clock, SpentBudgetLog spent) {
            this.clock = clock;
            this.spent = spent;
        }

        synchronized Optional<Duration> reserve(K key) {
            each.values().removeIf(bucket -> bucket.getAvailableTokens() == CLIENT_TRIES);
            Bucket own = each.computeIfAbsent(key, k -> bucket(CLIENT_TRIES, 1, Duration.ofMinutes(1)));
            ConsumptionProbe tried = own.tryConsumeAndReturnRemaining(1);
            if (tried.isConsumed()) {
                tried = all().tryConsumeAndReturnRemaining(1);
                if (tried.isConsumed()) {
                    spent.tried();
                } else {
                    own.addTokens(1);
                    spent.refused();
                }
            }
            return tried.isConsumed()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(tried.getNanosToWaitForRefill()));
        }

        synchronized void giveBack(K key) {
            spent.wasRight();
            all().addTokens(1);
            Bucket own = each.get(key);
            if (own != null) {
                own.addTokens(1);
            }
        }

        synchronized int left(K key) {
            Bucket own = each.get(key);
            long left = own == null ? CLIENT_TRIES : own.getAvailableTokens();
            return (int) Math.min(left, all().getAvailableTokens());
        }

        synchronized int remembered() {
            return each.size();
        }

        private Bucket all() {
            if (all == null) {
                all = bucket(ALL_TRIES, ALL_TRIES_AN_HOUR, Duration.ofHours(1));
            }
            return all;
        }

        private Bucket bucket(int atOnce, int more, Duration period) {
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(atOnce).refillGreedy(more, period))
                    .withCustomTimePrecision(clock)
                    .build();
        }
    }
}
