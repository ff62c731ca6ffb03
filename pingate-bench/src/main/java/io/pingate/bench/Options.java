package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the command line says; see bench/README.md. */
final class Options {
    static final List<String> ALL =
            List.of("1k", "64k", "16m", "refused", "sse", "echo", "idle", "start", "share", "profile");

    private final Map<String, Path> others = new LinkedHashMap<>();
    private final List<Jdk> jdks = new ArrayList<>();
    private final String line;
    private List<String> only = ALL;
    private List<String> without = List.of();
    private boolean isQuick;
    private int launches = 3;
    private int rounds = 2;
    private int seconds = 4;
    private int loadSeconds = 60;
    private int warmUp = 250_000;
    private int longestWarmUp = 60;

    Options(String... args) throws IOException {
        line = String.join(" ", args);
        if (line.contains("--quick")) {
            isQuick = true;
            rounds = 1;
            seconds = 3;
            loadSeconds = 10;
            warmUp = 100_000;
            longestWarmUp = 30;
        }
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                String[] nameAndPath = args[i].split("=", 2);
                others.put(nameAndPath[0], Path.of(nameAndPath[1]));
            } else if (!args[i].equals("--quick")) {
                set(args[i], args[++i]);
            }
        }
        if (jdks.isEmpty()) {
            jdks.add(Jdk.running());
        }
    }

    private void set(String name, String value) throws IOException {
        switch (name) {
            case "--only" -> only = value.equals("none") ? List.of() : List.of(value.split(",", -1));
            case "--without" -> without = List.of(value.split(",", -1));
            case "--jdk" -> jdks.add(Jdk.at(Path.of(value)));
            case "--launches" -> launches = Integer.parseInt(value);
            case "--rounds" -> rounds = Integer.parseInt(value);
            case "--seconds" -> seconds = Integer.parseInt(value);
            case "--load-seconds" -> loadSeconds = Integer.parseInt(value);
            case "--longest-warm-up" -> longestWarmUp = Integer.parseInt(value);
            case "--warm-up" -> warmUp = Integer.parseInt(value);
            default -> throw new IllegalArgumentException("no such option: " + name);
        }
    }

    boolean isWanted(String mode) {
        return only.contains(mode);
    }

    /** Gates that the run is to do without, by how their names begin. */
    List<String> without() {
        return without;
    }

    /** The first one runs the peers; all run the gate. */
    List<Jdk> jdks() {
        return jdks;
    }

    /** Other builds of the gate, and releases: NAME=FILE. */
    Map<String, Path> others() {
        return others;
    }

    boolean isQuick() {
        return isQuick;
    }

    int launches() {
        return launches;
    }

    int rounds() {
        return rounds;
    }

    /** Of one turn. */
    int seconds() {
        return seconds;
    }

    /** Of the load before memory is read. */
    int loadSeconds() {
        return loadSeconds;
    }

    /** In requests, not seconds: the compiler of a JVM has to get its share also where others use the cores. */
    int warmUp() {
        return warmUp;
    }

    /** In seconds. */
    int longestWarmUp() {
        return longestWarmUp;
    }

    /** As it was typed, but for the folders of this machine. */
    String line() {
        return line.replaceAll("/\\S*/", "");
    }
}
