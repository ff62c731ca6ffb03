package io.pingate.servlet.rate;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Says once a second, to one caller, that a file is due for another look; the time in between costs no system call. */
public final class Recheck {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final AtomicLong next;

    /** The first look is due a second from now. */
    public Recheck(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong() + PERIOD_NANOS);
    }

    public boolean isDue() {
        long now = nanoTime.getAsLong();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + PERIOD_NANOS);
    }
}
