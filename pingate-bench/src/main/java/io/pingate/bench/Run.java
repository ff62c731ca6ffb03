package io.pingate.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** The one command: runs the modes that are wanted, and writes bench/RESULTS.md from all that have figures. */
public final class Run {
    private Run() {}

    /** As bench/README.md says. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(args);
        Path root = Path.of("").toAbsolutePath();
        Path results = Files.createDirectories(root.resolve("target/bench"));
        // Not below root: an nginx that runs as another user has to get there.
        Path work = Files.createTempDirectory("pingate-bench");
        work.toFile().setExecutable(true, false);
        work.toFile().setReadable(true, false);
        Bench bench = new Bench(options, new Catalogue(options, root, work), work, results);
        bench.catalogue().missing().forEach(line -> System.err.println("left out: " + line));
        measure(bench);
        Path report = root.resolve("bench/RESULTS.md");
        Files.writeString(report, new Report(bench).text());
        System.out.println(report + " is written; logs of gates: " + work);
    }

    private static void measure(Bench bench) throws Exception {
        new HttpModes(bench).run();
        Options options = bench.options();
        if (options.isWanted(SseMode.NAME)) {
            new SseMode(bench).run();
        }
        if (options.isWanted(EchoMode.NAME)) {
            new EchoMode(bench).run();
        }
        if (options.isWanted(IdleMode.NAME)) {
            new IdleMode(bench).run();
        }
        if (options.isWanted(StartMode.NAME)) {
            new StartMode(bench).run();
        }
        if (options.isWanted(ShareMode.NAME)) {
            new ShareMode(bench).run();
        }
        if (options.isWanted(ProfileMode.NAME)) {
            new ProfileMode(bench).run();
        }
    }
}
