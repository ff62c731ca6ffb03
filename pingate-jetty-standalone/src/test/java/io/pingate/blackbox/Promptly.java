package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees whether the gate does something within a promised time. A machine may stand still for longer than that, now and then;
 * so it has a few tries, each of which must come to its end. A gate that is too slow is so in all of them.
 */
final class Promptly {
    private static final int TRIES = 4;

    private Promptly() {}

    /** What is to be done in time. */
    interface Try {
        /** How long it took. */
        Duration time() throws Exception;
    }

    static void assertWithin(Duration promised, Try attempt) throws Exception {
        List<Duration> times = new ArrayList<>();
        do {
            times.add(attempt.time());
        } while (isLate(times, promised) && times.size() < TRIES);
        assertTrue(!isLate(times, promised), () -> promised + " were promised, and it took " + times);
    }

    private static boolean isLate(List<Duration> times, Duration promised) {
        return times.get(times.size() - 1).compareTo(promised) > 0;
    }

    static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
