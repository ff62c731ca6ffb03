package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the gate's CPU time goes under each load: kernel or Java, whose Java, and how many calls of the kernel. */
final class ProfileMode {
    static final String NAME = "profile";
    private static final int WARM_UP_SECONDS = 10;
    /** Some hundred samples of a busy thread. */
    private static final int MEASURED_SECONDS = 12;

    private static final int STRACE_SECONDS = 2;

    private final Bench bench;

    ProfileMode(Bench bench) {
        this.bench = bench;
    }

    /** A load of so many seconds; tells how many requests, events or messages it was. */
    private interface Load {
        double run(int port, int seconds) throws IOException, InterruptedException;
    }

    void run() throws IOException, InterruptedException {
        Figures figures = bench.begin(NAME);
        try (StaticUpstream files = StaticUpstream.start(bench.work());
                StreamUpstream streams = StreamUpstream.start()) {
            for (Gate gate : gates()) {
                System.out.println("profile of " + gate.name());
                profile(gate, "refused", files.port(), http(false), figures);
                profile(gate, "1 KiB", files.port(), http(true), figures);
                profile(gate, "SSE", streams.port(), ProfileMode::events, figures);
                profile(gate, "echo", streams.port(), ProfileMode::echoes, figures);
                bench.save(figures, 0);
            }
        }
    }

    private List<Gate> gates() {
        String jdk = " (" + bench.options().jdks().get(0).feature() + ")";
        return bench.catalogue().of(Catalogue.PINGATE + jdk, "WAR on Jetty" + jdk, "WAR on Tomcat" + jdk);
    }

    private static Load http(boolean isSignedIn) {
        return (port, seconds) -> Wrk.run(port, "/1k", 32, seconds, isSignedIn).requests();
    }

    private static double events(int port, int seconds) throws IOException {
        try (EventStreams streams = EventStreams.open(port, 200, 0)) {
            return streams.listen(seconds).count();
        }
    }

    private static double echoes(int port, int seconds) throws IOException {
        try (EchoSockets sockets = EchoSockets.open(port, 32)) {
            return sockets.echo(seconds);
        }
    }

    private void profile(Gate gate, String what, int upstream, Load load, Figures figures)
            throws IOException, InterruptedException {
        String name = gate.name() + ", " + what;
        Path file = bench.work().resolve(name.replaceAll("\\W", "-") + ".jfr");
        Map<String, String> environment = new HashMap<>(gate.environment());
        environment.put(
                "JAVA_TOOL_OPTIONS", "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file);
        Gate recorded = new Gate(name, true, environment, gate.command());
        Instant begin;
        Instant end;
        try (RunningGate running = RunningGate.start(recorded, upstream, bench.log())) {
            load.run(running.port(), WARM_UP_SECONDS);
            begin = Instant.now();
            Usage before = running.usage();
            double requests = load.run(running.port(), MEASURED_SECONDS);
            end = Instant.now();
            Usage used = running.usage().since(before);
            figures.put(name, "cpu", 0, used.seconds() / requests * 100_000);
            figures.put(name, "kernel", 0, 100 * used.system() / used.seconds());
            figures.put(name, "compilers", 0, 100 * used.compilers() / used.seconds());
            try (Syscalls calls = Syscalls.of(running.process(), bench.work())) {
                double counted = load.run(running.port(), STRACE_SECONDS);
                calls.perRequest(counted).forEach((call, count) -> figures.put(name, "call " + call, 0, count));
            }
        }
        Recording.groups(file, begin, end).forEach((group, share) -> figures.put(name, "code " + group, 0, share));
    }
}
