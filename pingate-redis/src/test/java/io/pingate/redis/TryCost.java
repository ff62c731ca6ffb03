package io.pingate.redis;

import io.pingate.AttemptLimiter;
import io.pingate.AttemptSource;
import io.pingate.http.IpAddress;
import io.pingate.servlet.rate.Lookout;
import io.pingate.servlet.shared.SharedState;
import io.pingate.servlet.state.Epoch;
import io.pingate.servlet.state.StateFolder;
import io.pingate.servlet.throttle.BucketAttemptLimiter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * What a try at the PIN costs that is counted in memory, and what in a store: a main program, with the store's address. A right
 * PIN takes a try and gives it back, a wrong one takes one and asks how many are left, which is as much.
 */
public final class TryCost {
    private static final int TRIES = 20_000;
    private static final AttemptSource GUESSER =
            new AttemptSource.Stranger(IpAddress.parse("203.0.113.1").orElseThrow());

    private TryCost() {}

    /** Prints the figures. */
    public static void main(String[] args) throws IOException {
        measure("in memory", new BucketAttemptLimiter());
        SharedState shared = new RedisProvider().at(args[0], "try-cost");
        Epoch epoch =
                new Epoch(new StateFolder(Files.createTempDirectory("try-cost")), new Lookout(System::nanoTime), 0);
        shared.join(epoch);
        measure("in the store", shared.limiter());
        shared.leave();
    }

    private static void measure(String where, AttemptLimiter limiter) {
        long[] nanos = new long[TRIES];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < TRIES; i++) {
                long start = System.nanoTime();
                if (limiter.reserve(GUESSER).isPresent()) {
                    throw new IllegalStateException("refused");
                }
                limiter.giveBack(GUESSER);
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "a try counted %s: %.1f us, of 100 one takes %.1f us or more%n",
                where, nanos[TRIES / 2] / 1000.0, nanos[TRIES / 100 * 99] / 1000.0);
    }
}
