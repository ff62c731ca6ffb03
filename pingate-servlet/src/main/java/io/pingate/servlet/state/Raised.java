package io.pingate.servlet.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What has become of something that all gates of a state folder are to heed: that everybody is signed out, or that
 * something was revoked.
 *
 * @param file holds it: with it lost, what was ended would be good again
 * @param confirmed the processes of running gates with this state folder that have taken it up
 * @param unconfirmed those that have not said so; a gate without a proxy does at its next request
 * @param elsewhere when there is none of either, processes of gates with other folders, as they see them
 * @param reach whether gates on other machines were told
 */
public record Raised(Path file, List<Long> confirmed, List<Long> unconfirmed, Map<Long, Path> elsewhere, Reach reach) {
    /** How long gates are waited for: they look once a second, and a machine may be busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long POLL_MILLIS = 50;

    /**
     * Makes a copy of the lists.
     *
     * @param file holds it
     * @param confirmed the processes of running gates with this state folder that have taken it up
     * @param unconfirmed those that have not said so
     * @param elsewhere when there is none of either, processes of gates with other folders
     * @param reach whether gates on other machines were told
     */
    public Raised {
        confirmed = List.copyOf(confirmed);
        unconfirmed = List.copyOf(unconfirmed);
        elsewhere = Map.copyOf(elsewhere);
    }

    /**
     * Tells whether any gate runs with a state folder. For a program that is no gate itself.
     *
     * @param state the folder
     * @throws IOException when that can't be told
     */
    public static boolean anyRuns(StateFolder state) throws IOException {
        return !RunningGates.with(state).isEmpty();
    }

    Raised reaching(Reach further) {
        return new Raised(file, confirmed, unconfirmed, elsewhere, further);
    }

    static Raised observe(StateFolder state, long number) throws IOException {
        return observe(state, number, PATIENCE);
    }

    static Raised observeRevision(StateFolder state, Path file, long revision) throws IOException {
        return observe(state, file, gate -> gate.revision() >= revision, PATIENCE);
    }

    static Raised observe(StateFolder state, long number, Duration patience) throws IOException {
        return observe(state, state.epochFile(), gate -> gate.epoch() >= number, patience);
    }

    private static Raised observe(StateFolder state, Path file, Predicate<RunningGates.Gate> done, Duration patience)
            throws IOException {
        long start = System.nanoTime();
        while (true) {
            List<RunningGates.Gate> gates = RunningGates.with(state);
            boolean confirmed = gates.stream().allMatch(done);
            if (confirmed || System.nanoTime() - start > patience.toNanos() || isInterrupted()) {
                return new Raised(
                        file,
                        processes(gates, done),
                        processes(gates, done.negate()),
                        gates.isEmpty() ? RunningGates.everywhere() : Map.of(),
                        Reach.HERE);
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

    private static List<Long> processes(List<RunningGates.Gate> gates, Predicate<RunningGates.Gate> which) {
        return gates.stream()
                .filter(which)
                .map(RunningGates.Gate::process)
                .sorted()
                .toList();
    }
}
