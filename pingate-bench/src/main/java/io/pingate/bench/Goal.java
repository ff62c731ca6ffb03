package io.pingate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One goal: what it is measured by, and what it may be.
 *
 * @param what as in the table
 * @param limit what is to be reached
 * @param stretch what would be better
 * @param unit of both
 * @param by what the gates reached, by their names; the limit is for each of them
 */
record Goal(String what, double limit, double stretch, String unit, TreeMap<String, Statistics> by) {
    /** Asks each of the given gates for a figure. */
    static Goal of(
            String what,
            double limit,
            double stretch,
            String unit,
            List<String> gates,
            Function<String, Optional<Statistics>> figure) {
        TreeMap<String, Statistics> by = new TreeMap<>();
        gates.forEach(gate -> figure.apply(gate).ifPresent(value -> by.put(gate, value)));
        return new Goal(what, limit, stretch, unit, by);
    }

    String line() {
        List<String> reached = new ArrayList<>();
        by.forEach((gate, value) -> reached.add(gate + " " + value.text()));
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s |",
                what,
                bound(limit),
                bound(stretch),
                reached.isEmpty() ? "-" : String.join("; ", reached),
                verdict());
    }

    private String bound(double value) {
        return Double.isNaN(value) ? "-" : "<= " + Statistics.number(value) + unit;
    }

    private String verdict() {
        long met = by.values().stream().filter(value -> value.median() <= limit).count();
        if (by.isEmpty() || Double.isNaN(limit)) {
            return "not measured";
        } else if (met == 0) {
            return "**not met**";
        } else if (met < by.size()) {
            return "met by " + met + " of " + by.size();
        }
        return by.values().stream().allMatch(value -> value.median() <= stretch) ? "met, and the stretch" : "met";
    }
}
