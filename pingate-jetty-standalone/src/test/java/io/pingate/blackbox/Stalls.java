package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Sees when a count stops growing: that is what back-pressure looks like from outside. */
final class Stalls {
    private static final Duration STILL = Duration.ofMillis(500);

    private Stalls() {}

    static void assertHeldUp(LargeBody body) throws Exception {
        assertTrue(comesToAHalt(body::written), "the writer never waited for the reader");
        assertTrue(body.written() < LargeBody.BYTES / 2, () -> body.written() + " bytes are on the way");
    }

    /** Whether the count stood still for half a second before the usual deadline. */
    private static boolean comesToAHalt(LongSupplier count) throws Exception {
        long[] last = {count.getAsLong(), System.nanoTime()};
        return Deadline.reached(Deadline.USUAL, () -> {
            long now = count.getAsLong();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > STILL.toNanos();
        });
    }
}
