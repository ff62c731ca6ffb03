package io.pingate.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition, never for a time. */
public final class Deadline {
    /** Generous: reached only when something is wrong, on the slowest of machines too. */
    public static final Duration USUAL = Duration.ofSeconds(45);

    /** A cold start of a container on a busy machine. */
    public static final Duration START = Duration.ofSeconds(150);

    private Deadline() {}

    /** Whether the condition came true in time. */
    public static boolean reached(Duration patience, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(10_000_000);
        }
        return true;
    }
}
