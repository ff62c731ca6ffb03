package io.pingate.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a start costs, and memory: three seconds after the first answer, and after a load. Gates take turns, one at a time. */
final class StartMode {
    static final String NAME = "start";
    private static final int IDLE_SECONDS = 3;

    private final Bench bench;

    StartMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        Figures figures = bench.begin(NAME);
        figures.fact("load, seconds", Integer.toString(bench.options().loadSeconds()));
        List<Gate> gates = new ArrayList<>(bench.catalogue().of("nginx", "HAProxy", "Caddy", "pingate", "Undertow"));
        gates.addAll(bench.catalogue().others(bench.options()));
        try (StaticUpstream upstream = StaticUpstream.start(bench.work())) {
            for (int i = 0; i < bench.options().launches(); i++) {
                int number = i;
                System.out.println("launch " + (number + 1) + ", start");
                for (Gate gate : gates) {
                    try (Launch launch = Launch.of(List.of(gate), upstream.port(), bench)) {
                        launch.each(running -> measure(running, figures, number));
                    }
                }
                bench.save(figures, number);
            }
        }
    }

    private void measure(RunningGate gate, Figures figures, int launch) throws IOException, InterruptedException {
        String name = gate.gate().name();
        figures.put(name, "cpu", launch, gate.usage().seconds());
        figures.put(name, "millis", launch, gate.startMillis());
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        figures.put(name, "idle", launch, Usage.residentMegabytes(gate.process()));
        Wrk.run(gate.port(), "/1k", 32, bench.options().loadSeconds(), true);
        figures.put(name, "loaded", launch, Usage.residentMegabytes(gate.process()));
    }
}
