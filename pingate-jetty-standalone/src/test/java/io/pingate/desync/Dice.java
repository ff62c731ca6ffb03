package io.pingate.desync;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices that are the same for the same seed and number. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed, long number) {
        random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From the first to the last, both included. */
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
