package io.pingate.servlet;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.pingate.AttemptLimiter;
import io.pingate.IpAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts tries in memory: each client (IPv6 by /64) has 5, then one more each minute; all clients together have 30, then
 * 60 an hour.
 *
 * <p>Only clients with a try outstanding are remembered, and the budget of all clients lets no more than about 35 of
 * them be so at a time: memory is bounded, whatever addresses an attacker comes from.
 */
public final class BucketAttemptLimiter implements AttemptLimiter {
    static final int CLIENT_TRIES = 5;
    static final int ALL_TRIES = 30;
    static final int ALL_TRIES_AN_HOUR = 60;

    private static final int V6_CLIENT_BITS = 64;

    private final TimeMeter clock;
    private final Bucket all;
    private final Map<IpAddress, Bucket> clients = new HashMap<>();

    /** A limiter whose budgets are full. */
    public BucketAttemptLimiter() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    BucketAttemptLimiter(TimeMeter clock) {
        this.clock = clock;
        this.all = bucket(ALL_TRIES, ALL_TRIES_AN_HOUR, Duration.ofHours(1));
    }

    @Override
    public synchronized Optional<Duration> reserve(IpAddress client) {
        clients.values().removeIf(bucket -> bucket.getAvailableTokens() == CLIENT_TRIES);
        Bucket own = clients.computeIfAbsent(key(client), key -> bucket(CLIENT_TRIES, 1, Duration.ofMinutes(1)));
        ConsumptionProbe tried = own.tryConsumeAndReturnRemaining(1);
        if (tried.isConsumed()) {
            tried = all.tryConsumeAndReturnRemaining(1);
            if (!tried.isConsumed()) {
                own.addTokens(1);
            }
        }
        return tried.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(tried.getNanosToWaitForRefill()));
    }

    @Override
    public synchronized void giveBack(IpAddress client) {
        all.addTokens(1);
        Bucket own = clients.get(key(client));
        if (own != null) {
            own.addTokens(1);
        }
    }

    synchronized int remembered() {
        return clients.size();
    }

    private static IpAddress key(IpAddress client) {
        return client.v6() ? client.network(V6_CLIENT_BITS) : client;
    }

    private Bucket bucket(int atOnce, int more, Duration period) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(atOnce).refillGreedy(more, period))
                .withCustomTimePrecision(clock)
                .build();
    }
}
