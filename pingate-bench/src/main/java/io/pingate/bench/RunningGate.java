package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One launch of a gate. */
final class RunningGate implements AutoCloseable {
    private static final long LONGEST_START_SECONDS = 40;

    private final Gate gate;
    private final int port;
    private final @Nullable Process process;
    private final double startMillis;

    private RunningGate(Gate gate, int port, @Nullable Process process, double startMillis) {
        this.gate = gate;
        this.port = port;
        this.process = process;
        this.startMillis = startMillis;
    }

    /** Until it answers a request, with whatever status; the gate itself, where it is known what it answers by itself. */
    static RunningGate start(Gate gate, int upstream, Path log) throws IOException, InterruptedException {
        if (gate.isDirect()) {
            return new RunningGate(gate, upstream, null, 0);
        }
        int port = Loopback.freePort();
        List<String> command = gate.command().on(port, upstream);
        long begin = System.nanoTime();
        Process process = Program.start(command, gate.environment(), log);
        while (Loopback.status(port, "/pin", "") == 0) {
            if (!process.isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS)) {
                Program.stop(process);
                throw new IOException(gate.name() + " does not start, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return new RunningGate(gate, port, process, (System.nanoTime() - begin) / 1e6);
    }

    Gate gate() {
        return gate;
    }

    int port() {
        return port;
    }

    ProcessHandle process() {
        return Objects.requireNonNull(process).toHandle();
    }

    double startMillis() {
        return startMillis;
    }

    Usage usage() throws IOException {
        return gate.isDirect() ? new Usage(0, 0, 0) : Usage.of(process());
    }

    @Override
    public void close() {
        if (process != null) {
            Program.stop(process);
        }
    }
}
