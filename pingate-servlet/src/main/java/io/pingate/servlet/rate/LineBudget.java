package io.pingate.servlet.rate;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets some lines through at once, and then so many more a minute. */
public final class LineBudget {
    private final long most;
    private final long each;
    private final LongSupplier nanoTime;
    private long nanos;
    private long filled;

    /**
     * A full budget.
     *
     * @param atOnce how many lines it lets through at once
     * @param aMinute how many more it lets through each minute
     * @param nanoTime the clock
     */
    public LineBudget(int atOnce, int aMinute, LongSupplier nanoTime) {
        this.each = Duration.ofMinutes(1).toNanos() / aMinute;
        this.most = each * atOnce;
        this.nanoTime = nanoTime;
        this.nanos = most;
        this.filled = nanoTime.getAsLong();
    }

    /** {@return whether one more line may be written} */
    public synchronized boolean admit() {
        long now = nanoTime.getAsLong();
        long since = now - filled;
        filled = now;
        nanos = since > most ? most : Math.min(most, nanos + since);
        if (nanos < each) {
            return false;
        }
        nanos -= each;
        return true;
    }
}
