package io.pingate.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The drop-in WAR as ROOT.war of a Tomcat, configured as the README tells Tomcat's users. */
final class TomcatGate extends GateProcess {
    private static final Pattern OPEN =
            Pattern.compile("Starting ProtocolHandler \\[\"http-nio-127.0.0.1-auto-1-(\\d+)\"]");

    private final Path tomcat;

    private TomcatGate(Path tomcat, Path home, Map<String, String> settings) throws IOException {
        super(home, settings);
        this.tomcat = tomcat;
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createDirectory(home.resolve("temp"));
        Files.copy(tomcat.resolve("conf/web.xml"), conf.resolve("web.xml"));
        Files.copy(Path.of(System.getProperty("blackbox.containers"), "tomcat-server.xml"), conf.resolve("server.xml"));
        Files.writeString(
                conf.resolve("logging.properties"),
                "handlers = java.util.logging.ConsoleHandler\n.handlers = java.util.logging.ConsoleHandler\n");
        Files.createDirectory(home.resolve("webapps"));
        Files.copy(Path.of(System.getProperty("pingate.war")), home.resolve("webapps/ROOT.war"));
    }

    static Stage.Recipe tomcat10() {
        return (home, settings) -> new TomcatGate(Path.of(System.getProperty("tomcat10.home")), home, settings);
    }

    static Stage.Recipe tomcat11() {
        return (home, settings) -> new TomcatGate(Path.of(System.getProperty("tomcat11.home")), home, settings);
    }

    @Override
    List<String> program() {
        return List.of(
                "-Dcatalina.home=" + tomcat,
                "-Dcatalina.base=" + home(),
                "-Djava.io.tmpdir=" + home().resolve("temp"),
                "-Djava.util.logging.config.file=" + home().resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-cp",
                tomcat.resolve("bin/bootstrap.jar") + ":" + tomcat.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }

    @Override
    Pattern ready() {
        return OPEN;
    }
}
