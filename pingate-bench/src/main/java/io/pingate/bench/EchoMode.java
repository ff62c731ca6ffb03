package io.pingate.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** 32 WebSockets, each with one message of 64 bytes on its way: CPU seconds of the gate for 100,000 echoes. */
final class EchoMode {
    static final String NAME = "echo";
    private static final int SOCKETS = 32;
    private static final int WARM_UP_SECONDS = 5;

    private final Bench bench;

    EchoMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        Figures figures = bench.begin(NAME);
        List<Gate> gates = new ArrayList<>(
                bench.catalogue().of("nginx", "HAProxy", "Caddy", "pingate", "Undertow", "Vert.x", "WAR"));
        gates.addAll(bench.catalogue().others(bench.options()));
        for (int i = 0; i < bench.options().launches(); i++) {
            int number = i;
            System.out.println("launch " + (number + 1) + ", WebSocket echoes");
            try (StreamUpstream upstream = StreamUpstream.start();
                    Launch launch = Launch.of(gates, upstream.port(), bench)) {
                launch.each(gate -> measure(gate, figures, number));
            }
            bench.save(figures, number);
        }
    }

    private void measure(RunningGate gate, Figures figures, int launch) throws IOException {
        try (EchoSockets sockets = EchoSockets.open(gate.port(), SOCKETS)) {
            if (gate.gate().isCompiledLate()) {
                sockets.echo(WARM_UP_SECONDS);
            }
            Usage before = gate.usage();
            long messages = sockets.echo(bench.options().seconds());
            Usage used = gate.usage().since(before);
            String name = gate.gate().name();
            figures.put(name, "cpu", launch, used.seconds() / messages * 100_000);
            figures.put(name, "system", launch, used.system() / messages * 100_000);
            figures.put(
                    name, "rate", launch, messages / (double) bench.options().seconds());
        }
    }
}
