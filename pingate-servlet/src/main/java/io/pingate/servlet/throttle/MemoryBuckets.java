package io.pingate.servlet.throttle;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buckets of this process. Not safe for use by many threads.
 *
 * <p>Only those with a try outstanding are remembered, and the common bucket lets no more than about 35 of them be so
 * at a time: memory is bounded, whatever addresses an attacker comes from.
 */
final class MemoryBuckets<K> implements Budget.Buckets<K> {
    private final Allowances allowances;
    private final TimeMeter clock;
    private final Map<K, Bucket> each = new HashMap<>();
    /** Full until the first try, and not made before it. */
    private @Nullable Bucket common;

    MemoryBuckets(Allowances allowances, TimeMeter clock) {
        this.allowances = allowances;
        this.clock = clock;
    }

    @Override
    public Bucket of(K key) {
        each.values()
                .removeIf(bucket ->
                        bucket.getAvailableTokens() == allowances.each().atOnce());
        return each.computeIfAbsent(key, k -> bucket(allowances.each()));
    }

    @Override
    public Bucket common() {
        Bucket known = common;
        if (known == null) {
            known = bucket(allowances.all());
            common = known;
        }
        return known;
    }

    int remembered() {
        return each.size();
    }

    private Bucket bucket(Allowance allowance) {
        return Bucket.builder()
                .addLimit(allowance.limit())
                .withCustomTimePrecision(clock)
                .build();
    }
}
