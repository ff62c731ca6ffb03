package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The goals that the gate was given, held to what has been measured. */
final class Goals {
    private final Path folder;
    private final List<Goal> goals = new ArrayList<>();

    Goals(Path folder) throws IOException {
        this.folder = folder;
        requests();
        streams();
        processes();
        share();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("| what | goal | stretch | reached: median [least-most] | |");
        lines.add("|---|---|---|---|---|");
        goals.forEach(goal -> lines.add(goal.line()));
        return lines;
    }

    private void requests() throws IOException {
        Figures small = Figures.read(folder, "1k");
        add(
                "1 KiB, CPU to Undertow on the same JDK",
                0.9,
                0.9,
                "x",
                small,
                gate -> small.ratio(gate, on(gate, "Undertow"), "cpu"));
        toPeer("1 KiB, CPU to nginx (the stretch of the goal above)", 1.1, 1.1, small, "nginx");
        Figures middle = Figures.read(folder, "64k");
        add(
                "64 KiB, CPU to Undertow on the same JDK",
                0.6,
                0.6,
                "x",
                middle,
                gate -> middle.ratio(gate, on(gate, "Undertow"), "cpu"));
        toPeer("64 KiB, CPU to HAProxy (the stretch of the goal above)", 0.7, 0.7, middle, "HAProxy");
        toPeer("16 MiB, CPU to HAProxy", 0.8, 0.7, Figures.read(folder, "16m"), "HAProxy");
        toPeer("refused, CPU to nginx", 1.3, 1.1, Figures.read(folder, "refused"), "nginx");
        for (String container : List.of("Jetty", "Tomcat")) {
            String stock = "ProxyServlet on " + container;
            List<String> wars = small.gates().stream()
                    .filter(gate -> gate.startsWith("WAR on " + container))
                    .toList();
            String what = "WAR on " + container + ", 1 KiB, CPU to stock ProxyServlet there";
            goals.add(Goal.of(what, 0.8, 0.6, "x", wars, gate -> small.ratio(gate, on(gate, stock), "cpu")));
        }
    }

    private void streams() throws IOException {
        Figures sse = Figures.read(folder, SseMode.NAME);
        toPeer("SSE, CPU to HAProxy", 1.5, 1.1, sse, "HAProxy");
        added(sse);
        add("SSE, head", 2, 1, " ms", sse, gate -> sse.of(gate, "head"));
        toPeer("WebSocket echo, CPU to HAProxy", 1.1, 1.0, Figures.read(folder, EchoMode.NAME), "HAProxy");
        Figures idle = Figures.read(folder, IdleMode.NAME);
        add("idle WebSocket", 10, 7, " KiB", idle, gate -> idle.of(gate, "kib"));
    }

    /** How much later events come is held to what Caddy and nginx add in the same run. */
    private void added(Figures sse) {
        Optional<Statistics> caddy = sse.above("Caddy", Gate.DIRECT.name(), "p99");
        Optional<Statistics> nginx = sse.above("nginx", Gate.DIRECT.name(), "p99");
        double limit = caddy.map(Statistics::median).orElse(Double.NaN);
        double stretch = nginx.map(Statistics::median).orElse(Double.NaN);
        add(
                "SSE, added p99; Caddy's, nginx's",
                limit,
                stretch,
                " us",
                sse,
                gate -> sse.above(gate, Gate.DIRECT.name(), "p99"));
    }

    private void processes() throws IOException {
        Figures start = Figures.read(folder, StartMode.NAME);
        add("first answer, as a jar", 350, 150, " ms", start, gate -> start.of(gate, "millis"));
        goals.add(
                Goal.of("first answer, launcher", 250, 150, " ms", releases(start), gate -> start.of(gate, "millis")));
        List<String> all = new ArrayList<>(gates(start));
        all.addAll(releases(start));
        goals.add(Goal.of("RSS idle", 70, 50, " MB", all, gate -> start.of(gate, "idle")));
        String load = start.facts().getOrDefault("load, seconds", "60");
        goals.add(Goal.of("RSS after " + load + " s of load", 120, 80, " MB", all, gate -> start.of(gate, "loaded")));
    }

    /** The core's nanoseconds in the CPU time of a whole request. */
    private void share() throws IOException {
        Figures steps = Figures.read(folder, ShareMode.NAME);
        Figures small = Figures.read(folder, "1k");
        add("the gate's own share of a request", 3, 1, "%", small, gate -> {
            Optional<Statistics> nanos = steps.of(on(gate, "whole"), "nanos");
            // Without the compilers, which JMH's warm-up has left behind as well.
            Optional<Statistics> cpu = small.of(gate, "warm");
            // CPU seconds of 100,000 requests are tens of thousands of nanoseconds of one.
            return nanos.isEmpty() || cpu.isEmpty()
                    ? Optional.empty()
                    : Optional.of(nanos.get().times(100 / (cpu.get().median() * 10_000)));
        });
    }

    private void toPeer(String what, double limit, double stretch, Figures figures, String peer) {
        add(what, limit, stretch, "x", figures, gate -> figures.ratio(gate, peer, "cpu"));
    }

    private void add(
            String what,
            double limit,
            double stretch,
            String unit,
            Figures figures,
            Function<String, Optional<Statistics>> figure) {
        goals.add(Goal.of(what, limit, stretch, unit, gates(figures), figure));
    }

    private static List<String> gates(Figures figures) {
        return figures.gates().stream()
                .filter(gate -> gate.startsWith(Catalogue.PINGATE))
                .toList();
    }

    /** Those on the command line that have a Java of their own, and thus none in their names. */
    private static List<String> releases(Figures figures) {
        return figures.gates().stream()
                .filter(gate -> gate.startsWith("launcher"))
                .toList();
    }

    /** The peer on the JDK that a gate has run on, which stands in brackets. */
    private static String on(String gate, String peer) {
        return peer + gate.substring(gate.lastIndexOf(" ("));
    }
}
