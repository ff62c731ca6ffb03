package io.pingate.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All gates of a mode at the same time; they are loaded in turns. */
final class Launch implements AutoCloseable {
    private final List<RunningGate> gates = new ArrayList<>();

    /** One that does not start is told, and left out. */
    static Launch of(List<Gate> wanted, int upstream, Bench bench) throws InterruptedException {
        Launch launch = new Launch();
        for (Gate gate : wanted) {
            try {
                launch.gates.add(RunningGate.start(gate, upstream, bench.log()));
            } catch (IOException e) {
                System.err.println("left out: " + e.getMessage());
            }
        }
        return launch;
    }

    /** Each in turn; one that fails is told, and has no figures from this launch. */
    void each(Turn turn) throws InterruptedException {
        for (RunningGate gate : List.copyOf(gates)) {
            try {
                turn.take(gate);
            } catch (IOException | java.io.UncheckedIOException e) {
                System.err.println("left out: " + gate.gate().name() + ": " + e.getMessage());
                gates.remove(gate);
                gate.close();
            }
        }
    }

    /** What is done with one gate. */
    interface Turn {
        void take(RunningGate gate) throws IOException, InterruptedException;
    }

    @Override
    public void close() {
        for (RunningGate gate : gates) {
            gate.close();
        }
    }
}
