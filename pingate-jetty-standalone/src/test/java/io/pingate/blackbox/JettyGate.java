package io.pingate.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The drop-in WAR in a Jetty of another release than its own, configured as the README tells Jetty's users. */
final class JettyGate extends GateProcess {
    private static final Pattern OPEN = Pattern.compile("Started oejs.ServerConnector@.*\\{127.0.0.1:(\\d+)}");

    private final Path jetty;
    private final List<String> properties;

    JettyGate(Path home, Map<String, String> settings, String... properties) throws IOException {
        this(Path.of(System.getProperty("jetty.home")), home, settings, properties);
    }

    private JettyGate(Path jetty, Path home, Map<String, String> settings, String... properties) throws IOException {
        super(home, settings);
        this.jetty = jetty;
        this.properties = List.of(properties);
        Files.writeString(
                Files.createDirectory(home.resolve("start.d")).resolve("gate.ini"), Readme.block("--modules"));
        Files.createDirectory(home.resolve("temp"));
        Files.createDirectory(home.resolve("webapps"));
        Files.copy(Path.of(System.getProperty("pingate.war")), home.resolve("webapps/ROOT.war"));
    }

    /** In the oldest release that it starts in. */
    static Stage.Recipe oldest() {
        return (home, settings) -> new JettyGate(Path.of(System.getProperty("jetty.oldest.home")), home, settings);
    }

    @Override
    List<String> program() {
        List<String> program = new ArrayList<>(List.of(
                "-Djava.io.tmpdir=" + home().resolve("temp"),
                "-jar",
                jetty.resolve("start.jar").toString(),
                "jetty.home=" + jetty,
                "jetty.base=" + home(),
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=0"));
        program.addAll(properties);
        return program;
    }

    @Override
    Pattern ready() {
        return OPEN;
    }
}
