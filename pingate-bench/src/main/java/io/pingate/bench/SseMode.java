package io.pingate.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** 200 event streams of 20 events a second through each gate in turn: CPU, how much later events come, and the head. */
final class SseMode {
    static final String NAME = "sse";
    private static final int STREAMS = 200;
    /** Whose heads are timed: where a gate holds the head back, that takes long. */
    private static final int TIMED = 30;

    private static final int WARM_UPS = 8;

    private final Bench bench;

    SseMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        Figures figures = bench.begin(NAME);
        List<Gate> gates = new ArrayList<>(
                bench.catalogue().of("no gate", "nginx", "HAProxy", "Caddy", "pingate", "Undertow", "Vert.x", "WAR"));
        gates.addAll(bench.catalogue().others(bench.options()));
        for (int i = 0; i < bench.options().launches(); i++) {
            int number = i;
            System.out.println("launch " + (number + 1) + ", event streams");
            try (StreamUpstream upstream = StreamUpstream.start();
                    Launch launch = Launch.of(gates, upstream.port(), bench)) {
                launch.each(gate -> warmUp(gate));
                launch.each(gate -> measure(gate, figures, number));
            }
            bench.save(figures, number);
        }
    }

    /** Again and again, since heads come once a stream. */
    private static void warmUp(RunningGate gate) throws IOException {
        for (int i = 0; i < WARM_UPS && gate.gate().isCompiledLate(); i++) {
            try (EventStreams streams = EventStreams.open(gate.port(), STREAMS, 0)) {
                streams.listen(1);
            }
        }
    }

    private void measure(RunningGate gate, Figures figures, int launch) throws IOException {
        try (EventStreams streams = EventStreams.open(gate.port(), STREAMS, TIMED)) {
            streams.listen(1);
            Usage before = gate.usage();
            Latencies latencies = streams.listen(bench.options().seconds() + 2);
            Usage used = gate.usage().since(before);
            String name = gate.gate().name();
            figures.put(name, "cpu", launch, used.seconds() / latencies.count() * 100_000);
            figures.put(name, "system", launch, used.system() / latencies.count() * 100_000);
            figures.put(name, "p50", launch, latencies.at(0.5));
            figures.put(name, "p99", launch, latencies.at(0.99));
            figures.put(name, "head", launch, streams.headMillis());
        }
    }
}
