package io.pingate.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Memory of a WebSocket that has echoed once and then is still: the difference that 2,000 of them make. */
final class IdleMode {
    static final String NAME = "idle";
    private static final int SOCKETS = 2_000;
    private static final int FIRST_SOCKETS = 300;
    /** As long as a gate may take to let go of what an idle socket doesn't need. */
    private static final int IDLE_SECONDS = 4;

    private final Bench bench;

    IdleMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        Figures figures = bench.begin(NAME);
        List<Gate> gates =
                new ArrayList<>(bench.catalogue().of("nginx", "HAProxy", "Caddy", "pingate", "Undertow", "WAR"));
        gates.addAll(bench.catalogue().others(bench.options()));
        for (int i = 0; i < bench.options().launches(); i++) {
            int number = i;
            System.out.println("launch " + (number + 1) + ", idle WebSockets");
            for (Gate gate : gates) {
                try (StreamUpstream upstream = StreamUpstream.start();
                        Launch launch = Launch.of(List.of(gate), upstream.port(), bench)) {
                    launch.each(running -> measure(running, figures, number));
                }
            }
            bench.save(figures, number);
        }
    }

    private static void measure(RunningGate gate, Figures figures, int launch)
            throws IOException, InterruptedException {
        try (EchoSockets first = EchoSockets.open(gate.port(), FIRST_SOCKETS)) {
            first.echoOnce();
        }
        double before = settled(gate);
        try (EchoSockets sockets = EchoSockets.open(gate.port(), SOCKETS)) {
            sockets.echoOnce();
            figures.put(gate.gate().name(), "kib", launch, (settled(gate) - before) * 1e6 / 1024 / SOCKETS);
        }
    }

    /** After a collection, so that a JVM shows what it holds and not what it has left lying. */
    private static double settled(RunningGate gate) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        if (gate.gate().isCompiledLate()) {
            Program.output("jcmd", Long.toString(gate.process().pid()), "GC.run");
        }
        TimeUnit.SECONDS.sleep(1);
        return Usage.residentMegabytes(gate.process());
    }
}
