package io.pingate.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDK whose Java is packed.
 *
 * @param home where it lies
 * @param feature its version, as in 25
 */
record Jdk(Path home, int feature) {
    /** The first whose archive of classes also holds what was learnt of methods, and may be moved. */
    private static final int FIRST_WITH_CACHE = 25;

    private static final int FIRST_WITH_NAMED_COMPRESSION = 21;

    /**
     * What the gate runs on. By jdeps: java.base, java.logging, java.management, jdk.management (of garbage collectors, for the
     * metrics), jdk.net. By reflection: elliptic curves (jdk.crypto.ec, in java.base from 22 on), Unsafe, and file systems in
     * jars, which Jetty looks into.
     */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.management",
            "jdk.crypto.ec",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    /** What parts of the libraries need that the gate never calls: JAAS, SPNEGO, sessions and buckets in databases, AWT. */
    private static final Set<String> NEVER_CALLED =
            Set.of("java.desktop", "java.naming", "java.security.jgss", "java.sql");

    static Jdk at(Path home) throws IOException, InterruptedException {
        String version = run(home.resolve("bin/java"), "-XshowSettings:properties", "-version");
        Matcher feature =
                Pattern.compile("java\\.specification\\.version = ([0-9]+)").matcher(version);
        if (!feature.find()) {
            throw new IOException(home + " holds no Java that says its version");
        }
        return new Jdk(home, Integer.parseInt(feature.group(1)));
    }

    boolean hasCache() {
        return feature >= FIRST_WITH_CACHE;
    }

    /** Links a Java of no more modules than the jar needs. */
    void link(Path jar, Path runtime) throws IOException, InterruptedException {
        Set<String> needed = new TreeSet<>(List.of(run(
                        home.resolve("bin/jdeps"),
                        "--print-module-deps",
                        "--ignore-missing-deps",
                        "--multi-release",
                        "" + feature,
                        jar.toString())
                .strip()
                .split(",")));
        needed.removeAll(NEVER_CALLED);
        MODULES.forEach(needed::remove);
        if (!needed.isEmpty()) {
            throw new IOException("pingate.jar needs modules that Jdk doesn't name: " + needed);
        }
        run(
                home.resolve("bin/jlink"),
                "--add-modules",
                String.join(",", MODULES),
                "--strip-debug",
                "--no-man-pages",
                "--no-header-files",
                feature >= FIRST_WITH_NAMED_COMPRESSION ? "--compress=zip-6" : "--compress=2",
                "--output",
                runtime.toString());
        if (!hasCache()) {
            // For the starts to which the gate's own archive doesn't fit.
            run(runtime.resolve("bin/java"), "-XX:+UseSerialGC", "-Xshare:dump");
        }
    }

    /** The options with which this Java starts, and the comments between them. */
    List<String> known(List<String> options) throws InterruptedException {
        List<String> known = new ArrayList<>();
        // Each with those before it, since some are held against others.
        List<String> command = new ArrayList<>();
        for (String option : options) {
            if (!option.startsWith("#")) {
                command.add(option);
                if (!starts(command)) {
                    command.remove(option);
                    continue;
                }
            }
            known.add(option);
        }
        return known;
    }

    private boolean starts(List<String> options) throws InterruptedException {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("-version");
        try {
            run(home.resolve("bin/java"), arguments.toArray(new String[0]));
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** A program with one output, and with a Java that is told nothing by its environment. */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }

    /** What a program says, when it ends well. */
    static String run(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process = builder(command).start();
        String said;
        try (InputStream output = process.getInputStream()) {
            said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }
}
