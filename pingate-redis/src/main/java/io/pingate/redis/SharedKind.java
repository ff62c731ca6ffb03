package io.pingate.redis;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.pingate.servlet.throttle.Allowances;
import io.pingate.servlet.throttle.Budget;
import io.pingate.servlet.throttle.SpentBudgetLog;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one kind of guessers may spend at all gates together. */
final class SharedKind {
    private static final Logger LOG = LoggerFactory.getLogger(SharedKind.class);
    private static final String WHERE = " at any gate";
    private static final TimeMeter CLOCK = TimeMeter.SYSTEM_NANOTIME;

    private final Keys keys;
    private final String kind;
    private final SpentBudgetLog log;
    /** Until then all of it is spent, so that no attacker has the store asked, and hold a bucket for each of his addresses. */
    private volatile long spentUntil = CLOCK.currentTimeNanos();

    private SharedKind(Keys keys, String kind, SpentBudgetLog log) {
        this.keys = keys;
        this.kind = kind;
        this.log = log;
    }

    static SharedKind ofStrangers(Keys keys) {
        return new SharedKind(keys, "strangers", SpentBudgetLog.ofStrangers(WHERE, CLOCK, LOG::warn));
    }

    static SharedKind ofHolders(Keys keys) {
        return new SharedKind(keys, "holders", SpentBudgetLog.ofHolders(WHERE, CLOCK, LOG::warn));
    }

    /** How long all of it is known to be spent. */
    Optional<Duration> spent() {
        long left = spentUntil - CLOCK.currentTimeNanos();
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    Optional<Duration> reserve(RedisLink link, String guesser) {
        Optional<Duration> spent = spent();
        if (spent.isPresent()) {
            log.refused();
            return spent;
        }
        Optional<Budget.Refusal> refusal = budget(link).reserve(guesser);
        refusal.filter(Budget.Refusal::forAll)
                .ifPresent(all ->
                        spentUntil = CLOCK.currentTimeNanos() + all.retryAfter().toNanos());
        return refusal.map(Budget.Refusal::retryAfter);
    }

    /** Always true. */
    boolean giveBack(RedisLink link, String guesser) {
        spentUntil = CLOCK.currentTimeNanos();
        budget(link).giveBack(guesser);
        return true;
    }

    int left(RedisLink link, String guesser) {
        return budget(link).left(guesser);
    }

    private Budget<String> budget(RedisLink link) {
        return new Budget<>(
                new Budget.Buckets<>() {
                    @Override
                    public Bucket of(String guesser) {
                        return link.bucket(
                                keys.bucket(kind, guesser),
                                Allowances.USUAL.each().configuration());
                    }

                    @Override
                    public Bucket common() {
                        return link.bucket(
                                keys.bucket(kind), Allowances.USUAL.all().configuration());
                    }
                },
                log);
    }
}
