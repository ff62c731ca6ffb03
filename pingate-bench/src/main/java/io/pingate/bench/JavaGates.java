package io.pingate.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gates on Java: the one that is measured, and peers from this module. */
final class JavaGates {
    private final Path root;
    private final Path folder;

    JavaGates(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    Gate jar(String name, Jdk jdk, Path jar) {
        return gate(name, jdk, List.of("-jar", jar.toString()), Map.of());
    }

    /** With the flags of the release, though without its archive of classes. */
    Gate jarWithReleaseFlags(String name, Jdk jdk, Path jar) throws IOException {
        List<String> words = new ArrayList<>(List.of("-XX:+IgnoreUnrecognizedVMOptions"));
        words.addAll(Jdk.releaseFlags(root));
        words.addAll(List.of("-jar", jar.toString()));
        return gate(name, jdk, words, Map.of("MALLOC_ARENA_MAX", "2"));
    }

    /** A release that has been unpacked; its Java is its own. */
    Gate launcher(String name, Path home) {
        List<String> command = List.of(home.resolve("bin/pingate").toString());
        return new Gate(name, true, environment(Map.of()), (port, upstream) -> withFlags(command, port, upstream));
    }

    Gate war(String name, Jdk jdk, Path war, boolean isTomcat) {
        String main = isTomcat ? "TomcatWarPeer" : "JettyWarPeer";
        Gate peer = peer(name, jdk, main, isTomcat);
        Map<String, String> environment = new HashMap<>(peer.environment());
        environment.put("BENCH_WAR", war.toString());
        // The WAR has no flags: it is told its upstream by a system property of its own.
        return new Gate(peer.name(), true, environment, (port, upstream) -> {
            List<String> command = new ArrayList<>(peer.command().on(port, upstream));
            command.add(1, "-Dpingate.upstream=http://127.0.0.1:" + upstream);
            return command;
        });
    }

    Gate peer(String name, Jdk jdk, String main, boolean isTomcat) {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(isTomcat ? "jakarta.servlet-api" : "tomcat-"))
                .collect(Collectors.joining(File.pathSeparator));
        return gate(name, jdk, List.of("-cp", path, "io.pingate.bench.peer." + main), Map.of());
    }

    private Gate gate(String name, Jdk jdk, List<String> words, Map<String, String> more) {
        List<String> command = new ArrayList<>(List.of(jdk.java()));
        command.addAll(words);
        String named = name + " (" + jdk.feature() + ")";
        return new Gate(named, true, environment(more), (port, upstream) -> withFlags(command, port, upstream));
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PINGATE_PIN", "97531");
        environment.put("PINGATE_SECRET", Cookie.KEY);
        environment.put("PINGATE_STATE_DIR", folder.resolve("state").toString());
        environment.put("BENCH_TOKEN", Cookie.TOKEN);
        environment.put("BENCH_FOLDER", folder.toString());
        return environment;
    }

    private static List<String> withFlags(List<String> command, int port, int upstream) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--port", "" + port, "--upstream", "http://127.0.0.1:" + upstream));
        return line;
    }
}
