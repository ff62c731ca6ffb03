package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All gates that a run knows, in the order of the tables. */
final class Catalogue {
    static final String PINGATE = "pingate";
    static final String RELEASE = "pingate with release flags";

    private final List<Gate> gates = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    Catalogue(Options options, Path root, Path work) throws IOException {
        NativeGates distribution = new NativeGates(work);
        gates.add(Gate.DIRECT);
        addIfInstalled("nginx", distribution.nginx());
        addIfInstalled("haproxy", distribution.haproxy());
        addIfInstalled("caddy", distribution.caddy());
        JavaGates java = new JavaGates(root, work);
        for (Jdk jdk : options.jdks()) {
            boolean isFirst = jdk.equals(options.jdks().get(0));
            addGates(java, jdk, root);
            gates.add(java.peer("Undertow", jdk, "UndertowPeer", false));
            if (isFirst) {
                gates.add(java.peer("Vert.x", jdk, "VertxPeer", false));
            }
            if (isFirst || !options.isQuick()) {
                addContainers(java, jdk, root);
            }
        }
        for (Map.Entry<String, Path> other : options.others().entrySet()) {
            addOther(java, options.jdks().get(0), other.getKey(), other.getValue());
        }
        gates.removeIf(gate -> !gate.isDirect() && gate.isAnyOf(options.without()));
    }

    private void addIfInstalled(String program, Gate gate) {
        boolean isThere = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (isThere) {
            gates.add(gate);
        } else {
            missing.add(gate.name() + " is not installed (Debian's package " + program + ")");
        }
    }

    private void addGates(JavaGates java, Jdk jdk, Path root) throws IOException {
        Path jar = root.resolve("pingate-jetty-standalone/target/pingate.jar");
        gates.add(java.jar(PINGATE, jdk, jar));
        gates.add(java.jarWithReleaseFlags(RELEASE, jdk, jar));
    }

    private void addContainers(JavaGates java, Jdk jdk, Path root) throws IOException {
        Path war = war(root);
        gates.add(java.war("WAR on Jetty", jdk, war, false));
        gates.add(java.peer("ProxyServlet on Jetty", jdk, "JettyStockPeer", false));
        gates.add(java.war("WAR on Tomcat", jdk, war, true));
        gates.add(java.peer("ProxyServlet on Tomcat", jdk, "TomcatStockPeer", true));
    }

    private void addOther(JavaGates java, Jdk jdk, String name, Path file) {
        if (Files.isDirectory(file)) {
            gates.add(java.launcher(name, file));
        } else if (file.toString().endsWith(".war")) {
            gates.add(java.war(name + " WAR on Jetty", jdk, file, false));
            gates.add(java.war(name + " WAR on Tomcat", jdk, file, true));
        } else {
            gates.add(java.jar(name, jdk, file));
        }
    }

    private static Path war(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("pingate-servlet/target"))) {
            return files.filter(file -> file.toString().endsWith(".war"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no WAR in pingate-servlet/target"));
        }
    }

    /** Other programs that are missing on this machine, and how to get them. */
    List<String> missing() {
        return missing;
    }

    /** Those whose names begin with one of these, and whatever the command line adds. */
    List<Gate> of(String... kinds) {
        List<String> all = List.of(kinds);
        return gates.stream().filter(gate -> gate.isAnyOf(all)).toList();
    }

    /** Builds and releases from the command line. */
    List<Gate> others(Options options) {
        List<String> names = List.copyOf(options.others().keySet());
        return gates.stream()
                .filter(gate -> gate.isAnyOf(names) && !gate.name().contains("WAR"))
                .toList();
    }
}
