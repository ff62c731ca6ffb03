package io.pingate.bench;

import java.util.Collection;
import java.util.Locale;

/** The figures of several launches: the one in the middle, and how far they lie apart. */
record Statistics(double median, double least, double most) {
    static Statistics of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Statistics(median, sorted[0], sorted[sorted.length - 1]);
    }

    Statistics times(double factor) {
        return new Statistics(median * factor, least * factor, most * factor);
    }

    String text() {
        return number(median) + " [" + number(least) + "-" + number(most) + "]";
    }

    /** Three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.095 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
