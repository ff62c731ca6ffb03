package io.pingate.bench;

import java.util.Arrays;

/** Nanoseconds, many of them. */
final class Latencies {
    private long[] nanos = new long[1 << 16];
    private int count;

    void add(long value) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = value;
    }

    int count() {
        return count;
    }

    /** In microseconds. */
    double at(double quantile) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[(int) (quantile * (count - 1))] / 1000.0;
    }
}
