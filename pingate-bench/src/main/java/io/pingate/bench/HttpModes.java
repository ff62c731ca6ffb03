package io.pingate.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What requests cost: CPU seconds of each gate for 100,000 of them, all gates in turns before one nginx. */
final class HttpModes {
    private static final int WARM_UP_SECONDS = 4;

    private final Bench bench;
    private final Map<HttpLoad, Figures> all = new LinkedHashMap<>();

    HttpModes(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        Set<Gate> gates = new LinkedHashSet<>();
        for (HttpLoad load : HttpLoad.ALL) {
            if (bench.options().isWanted(load.name())) {
                all.put(load, bench.begin(load.name()));
                gates.addAll(gates(load));
            }
        }
        if (all.isEmpty()) {
            return;
        }
        try (StaticUpstream upstream = StaticUpstream.start(bench.work())) {
            for (int i = 0; i < bench.options().launches(); i++) {
                int number = i;
                try (Launch launch = Launch.of(List.copyOf(gates), upstream.port(), bench)) {
                    for (HttpLoad load : all.keySet()) {
                        run(load, launch, number);
                    }
                }
            }
        }
    }

    private List<Gate> gates(HttpLoad load) {
        List<Gate> gates = new ArrayList<>(bench.catalogue().of(load.kinds().toArray(String[]::new)));
        gates.addAll(bench.catalogue().others(bench.options()));
        if (load.kinds().contains("WAR")) {
            bench.options()
                    .others()
                    .keySet()
                    .forEach(name -> gates.addAll(bench.catalogue().of(name + " WAR")));
        }
        return gates;
    }

    private void run(HttpLoad load, Launch launch, int number) throws IOException, InterruptedException {
        System.out.println("launch " + (number + 1) + ", " + load.title());
        List<Gate> served = gates(load);
        Map<Gate, Sums> sums = new LinkedHashMap<>();
        launch.each(gate -> {
            if (served.contains(gate.gate()) && gate.gate().isCompiledLate()) {
                warmUp(gate, load);
            }
        });
        for (int round = 0; round < bench.options().rounds(); round++) {
            launch.each(gate -> {
                if (served.contains(gate.gate())) {
                    Usage before = gate.usage();
                    Wrk wrk = wrk(gate, load, bench.options().seconds());
                    sums.computeIfAbsent(gate.gate(), name -> new Sums())
                            .add(wrk, gate.usage().since(before));
                }
            });
        }
        Figures figures = all.get(load);
        sums.forEach((gate, sum) -> sum.put(figures, gate.name(), number));
        bench.save(figures, number);
    }

    /** Until it has had its requests and its compilers are done; not for ever, where others use the cores. */
    private void warmUp(RunningGate gate, HttpLoad load) throws IOException, InterruptedException {
        int wanted = bench.options().warmUp() / load.weight();
        double requests = 0;
        boolean isCompiling = true;
        for (int seconds = 0;
                (requests < wanted || isCompiling) && seconds < bench.options().longestWarmUp();
                seconds += WARM_UP_SECONDS) {
            Usage before = gate.usage();
            requests += wrk(gate, load, WARM_UP_SECONDS).requests();
            Usage used = gate.usage().since(before);
            isCompiling = used.compilers() > used.seconds() / 10;
        }
    }

    private static Wrk wrk(RunningGate gate, HttpLoad load, int seconds) throws IOException, InterruptedException {
        return Wrk.run(gate.port(), load.path(), load.connections(), seconds, load.isSignedIn());
    }

    /** Of the turns of one launch. */
    private static final class Sums {
        private double user;
        private double system;
        private double compilers;
        private double requests;
        private double seconds;
        private final List<Double> p50 = new ArrayList<>();
        private final List<Double> p99 = new ArrayList<>();

        void add(Wrk wrk, Usage usage) {
            user += usage.user();
            system += usage.system();
            compilers += usage.compilers();
            requests += wrk.requests();
            seconds += wrk.seconds();
            p50.add(wrk.p50Millis());
            p99.add(wrk.p99Millis());
        }

        void put(Figures figures, String gate, int launch) {
            figures.put(gate, "cpu", launch, (user + system) / requests * 100_000);
            figures.put(gate, "system", launch, system / requests * 100_000);
            figures.put(gate, "warm", launch, (user + system - compilers) / requests * 100_000);
            figures.put(gate, "compilers", launch, compilers / requests * 100_000);
            figures.put(gate, "rate", launch, requests / seconds);
            figures.put(gate, "p50", launch, Statistics.of(p50).median());
            figures.put(gate, "p99", launch, Statistics.of(p99).median());
        }
    }
}
