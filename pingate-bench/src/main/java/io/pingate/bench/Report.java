package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** bench/RESULTS.md: all figures that there are, whichever run they are from. */
final class Report {
    private static final String DIRECT = Gate.DIRECT.name();

    private final Bench bench;
    private final Path folder;
    private final List<String> lines = new ArrayList<>();

    Report(Bench bench) {
        this.bench = bench;
        this.folder = bench.results();
    }

    String text() throws IOException {
        head();
        add("## Goals");
        add("A goal counts as met when the median does; where several rows of the gate were measured, each is named.");
        lines.addAll(new Goals(folder).lines());
        requests();
        streams();
        processes();
        share();
        new Profiles(folder).addTo(lines);
        runs();
        return String.join("\n", lines) + "\n";
    }

    private void head() throws IOException {
        lines.add("# Results");
        add("Written by `bench/run`, see [README](README.md). " + Machine.text(bench.options()) + ".");
        add("""
                Other programs used the machine at the same time, so only ratios within one table compare: gates took turns, a launch of
                each after a launch of each, and a ratio is made of two figures of the same launch. A figure is the median of the launches,
                with the least and the most in brackets; where these lie far apart, it says little. CPU is that of the gate's processes
                alone, from /proc, with the kernel's part and that of a JVM's compilers in columns of their own: on a busy machine they
                are still at work after the warm-up, and the code that they haven't reached yet is slow.

                In brackets behind a name stands the JDK. "with release flags" is the jar with the flags of the release's launcher, but without
                its archive of classes. "ProxyServlet" is Jetty's own, behind a filter that compares the cookie.""");
        bench.catalogue().missing().forEach(line -> add("Left out: " + line + "."));
    }

    private void requests() throws IOException {
        for (HttpLoad load : HttpLoad.ALL) {
            Figures figures = Figures.read(folder, load.name());
            section(
                    load.title(),
                    figures,
                    new Table(figures, "cpu", "CPU-s/100k", "nginx")
                            .ratio("the same without JIT compilers", "warm")
                            .aside("of them in the kernel", "system")
                            .aside("in JIT compilers", "compilers")
                            .aside("requests/s", "rate")
                            .aside("p50 ms", "p50")
                            .aside("p99 ms", "p99"));
            warmth(figures);
        }
    }

    /** A gate whose compilers are still at work runs slow code, besides. */
    private void warmth(Figures figures) {
        List<String> cold = figures.gates().stream()
                .filter(gate ->
                        figures.ratio(gate, "compilers", gate, "cpu").stream().anyMatch(part -> part.median() > 0.1))
                .toList();
        boolean isKnown = figures.gates().stream()
                .anyMatch(gate -> !figures.launches(gate, "compilers").isEmpty());
        if (!figures.isEmpty() && !isKnown) {
            add(
                    "How much the compilers were still at work was not measured in this run: the rows on Java are too high, by an unknown part.");
        } else if (!cold.isEmpty()) {
            add("Not warmed up, since compilers used more than a tenth of their CPU, and so too high: "
                    + String.join("; ", cold) + ".");
        }
    }

    private void streams() throws IOException {
        Figures sse = Figures.read(folder, SseMode.NAME);
        section(
                "SSE, 200 streams of 20 events/s",
                sse,
                new Table(sse, "cpu", "CPU-s/100k events", "HAProxy")
                        .aside("of them in the kernel", "system")
                        .above("added p50 us", "p50", DIRECT)
                        .above("added p99 us", "p99", DIRECT)
                        .column("head ms", "head"));
        Figures echo = Figures.read(folder, EchoMode.NAME);
        section(
                "WebSocket echo, 32 sockets, 64 bytes",
                echo,
                new Table(echo, "cpu", "CPU-s/100k messages", "HAProxy")
                        .aside("of them in the kernel", "system")
                        .aside("messages/s", "rate"));
        Figures idle = Figures.read(folder, IdleMode.NAME);
        section("Idle WebSocket, difference of 2,000", idle, new Table(idle, "kib", "KiB RSS each", "HAProxy"));
    }

    private void processes() throws IOException {
        Figures start = Figures.read(folder, StartMode.NAME);
        section(
                "Start and memory",
                start,
                new Table(start, "millis", "first answer, ms", "nginx")
                        .column("CPU to it, s", "cpu")
                        .column("RSS idle, MB", "idle")
                        .column("RSS after the load, MB", "loaded"));
    }

    private void share() throws IOException {
        Figures share = Figures.read(folder, ShareMode.NAME);
        section("The core's steps, by JMH", share, new Table(share, "nanos", "CPU ns", ""));
    }

    private void section(String title, Figures figures, Table table) {
        if (!figures.isEmpty()) {
            add("## " + title);
            lines.add("");
            lines.addAll(table.lines());
        }
    }

    /** What each table is from. */
    private void runs() throws IOException {
        add("## Runs");
        lines.add("");
        for (String mode : Options.ALL) {
            Figures figures = Figures.read(folder, mode);
            if (!figures.isEmpty()) {
                List<String> facts = new ArrayList<>();
                figures.facts().forEach((name, value) -> facts.add(name + ": " + value));
                lines.add("- " + mode + ": " + String.join("; ", facts));
            }
        }
    }

    private void add(String text) {
        if (!text.startsWith("|")) {
            lines.add("");
        }
        lines.add(text);
    }
}
