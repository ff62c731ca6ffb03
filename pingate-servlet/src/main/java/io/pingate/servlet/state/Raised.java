package io.pingate.servlet.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What has become of signing everybody out.
 *
 * @param file holds how often everybody was signed out: with it lost, cookies of before would verify again
 * @param confirmed the processes of running gates with this state folder that have signed everybody out
 * @param unconfirmed those that have not said so; a gate without a proxy does at its next request
 * @param elsewhere when there is none of either, processes of gates with other folders, as they see them
 */
public record Raised(Path file, List<Long> confirmed, List<Long> unconfirmed, Map<Long, Path> elsewhere) {
    /** How long gates are waited for: they look once a second, and a machine may be busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long POLL_MILLIS = 50;

    /**
     * Makes a copy of the lists.
     *
     * @param file holds how often everybody was signed out
     * @param confirmed the processes of running gates with this state folder that have signed everybody out
     * @param unconfirmed those that have not said so
     * @param elsewhere when there is none of either, processes of gates with other folders
     */
    public Raised {
        confirmed = List.copyOf(confirmed);
        unconfirmed = List.copyOf(unconfirmed);
        elsewhere = Map.copyOf(elsewhere);
    }

    static Raised observe(StateFolder state, long number) throws IOException {
        return observe(state, number, PATIENCE);
    }

    static Raised observe(StateFolder state, long number, Duration patience) throws IOException {
        long start = System.nanoTime();
        while (true) {
            List<RunningGates.Gate> gates = RunningGates.with(state);
            boolean confirmed = gates.stream().allMatch(gate -> gate.epoch() >= number);
            if (confirmed || System.nanoTime() - start > patience.toNanos() || isInterrupted()) {
                return new Raised(
                        state.epochFile(),
                        processes(gates, number, true),
                        processes(gates, number, false),
                        gates.isEmpty() ? RunningGates.everywhere() : Map.of());
            }
        }
    }

    private static boolean isInterrupted() {
        try {
            Thread.sleep(POLL_MILLIS);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static List<Long> processes(List<RunningGates.Gate> gates, long number, boolean confirmed) {
        return gates.stream()
                .filter(gate -> gate.epoch() >= number == confirmed)
                .map(RunningGates.Gate::process)
                .sorted()
                .toList();
    }
}
