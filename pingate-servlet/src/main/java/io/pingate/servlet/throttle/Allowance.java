package io.pingate.servlet.throttle;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How many tries somebody has.
 *
 * @param atOnce as many, and never more
 * @param more so many come back in each period, one after the other
 * @param period how long that takes
 */
public record Allowance(int atOnce, int more, Duration period) {
    /** {@return the same as Bucket4j has it} */
    public BucketConfiguration configuration() {
        return BucketConfiguration.builder().addLimit(limit()).build();
    }

    Bandwidth limit() {
        return Bandwidth.builder().capacity(atOnce).refillGreedy(more, period).build();
    }
}
