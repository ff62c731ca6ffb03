package io.pingate.servlet.throttle;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;

/**
 * What one kind of guessers may spend, each and together, wherever the buckets are. What the buckets throw goes through.
 *
 * @param <K> what tells one of them from another
 */
public final class Budget<K> {
    private final Buckets<K> buckets;
    private final SpentBudgetLog spent;

    /** The buckets of one kind of guessers, all of the same {@link Allowances}. */
    public interface Buckets<K> {
        /** One guesser's. */
        Bucket of(K key);

        /** The one that all share. */
        Bucket common();
    }

    /**
     * No try is granted.
     *
     * @param retryAfter how long to wait at least
     * @param forAll whether it is so for all of this kind, and not for the one who asked
     */
    public record Refusal(Duration retryAfter, boolean forAll) {}

    /**
     * A budget.
     *
     * @param buckets hold it
     * @param spent tells the log when all of it is spent
     */
    public Budget(Buckets<K> buckets, SpentBudgetLog spent) {
        this.buckets = buckets;
        this.spent = spent;
    }

    /** Takes a try; empty when it is granted, and else nothing is taken. */
    public Optional<Refusal> reserve(K key) {
        Bucket own = buckets.of(key);
        ConsumptionProbe tried = own.tryConsumeAndReturnRemaining(1);
        if (!tried.isConsumed()) {
            return Optional.of(refusal(tried, false));
        }
        tried = buckets.common().tryConsumeAndReturnRemaining(1);
        if (!tried.isConsumed()) {
            own.addTokens(1);
            spent.refused();
            return Optional.of(refusal(tried, true));
        }
        spent.tried();
        return Optional.empty();
    }

    private static Refusal refusal(ConsumptionProbe tried, boolean forAll) {
        return new Refusal(Duration.ofNanos(tried.getNanosToWaitForRefill()), forAll);
    }

    /** Gives back a try that was granted, since it was right. */
    public void giveBack(K key) {
        spent.wasRight();
        buckets.common().addTokens(1);
        buckets.of(key).addTokens(1);
    }

    /** How many tries would be granted now. */
    public int left(K key) {
        return (int)
                Math.min(buckets.of(key).getAvailableTokens(), buckets.common().getAvailableTokens());
    }
}
