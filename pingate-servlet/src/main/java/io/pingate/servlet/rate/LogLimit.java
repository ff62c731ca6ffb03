package io.pingate.servlet.rate;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Keeps strangers from filling the log: lets a line through once a period, and counts those in between. */
public final class LogLimit {
    private final long periodNanos;
    private final LongSupplier nanoTime;

    private boolean begun;
    private long next;
    private long skipped;

    /** The first line is let through at once. */
    public LogLimit(Duration period, LongSupplier nanoTime) {
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
    }

    /** How many were kept out since the last line, when this one may be written; empty when it is kept out too. */
    public synchronized OptionalLong admit() {
        long now = nanoTime.getAsLong();
        if (begun && now - next < 0) {
            skipped++;
            return OptionalLong.empty();
        }
        long before = skipped;
        begun = true;
        next = now + periodNanos;
        skipped = 0;
        return OptionalLong.of(before);
    }
}
