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

    private static final String LOGGING = """
            handlers = java.util.logging.ConsoleHandler
            .handlers = java.util.logging.ConsoleHandler
            """;

    private static final String SERVER = """
            <Server port="-1">
              <Service name="Catalina">
                %s
                <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
                  <Host name="localhost" appBase="webapps">
                    %s
                  </Host>
                </Engine>
              </Service>
            </Server>
            """;

    private final Path tomcat;

    private TomcatGate(Path tomcat, Path home, Map<String, String> settings) throws IOException {
        super(home, settings);
        this.tomcat = tomcat;
        Files.createDirectory(home.resolve("temp"));
        Path conf = Files.createDirectory(home.resolve("conf"));
        Files.copy(tomcat.resolve("conf/web.xml"), conf.resolve("web.xml"));
        Files.writeString(conf.resolve("logging.properties"), LOGGING);
        String connector = Readme.block("<Connector").replace("port=\"8080\"", "address=\"127.0.0.1\" port=\"0\"");
        Files.writeString(conf.resolve("server.xml"), SERVER.formatted(connector, Readme.block("<Valve")));
        Files.createDirectory(home.resolve("webapps"));
        Files.copy(Path.of(System.getProperty("pingate.war")), home.resolve("webapps/ROOT.war"));
    }

    /** The host neither has the valve that the README tells of, nor the one that it brings along. */
    static Stage.Recipe withoutValve(Stage.Recipe recipe) {
        return (home, settings) -> {
            GateProcess gate = recipe.launch(home, settings);
            Path server = home.resolve("conf/server.xml");
            Files.writeString(
                    server,
                    Files.readString(server)
                            .replace(Readme.block("<Valve"), "")
                            .replace("<Host ", "<Host errorReportValveClass=\"\" "));
            return gate;
        };
    }

    static Stage.Recipe tomcat10() {
        return (home, settings) -> new TomcatGate(Path.of(System.getProperty("tomcat10.home")), home, settings);
    }

    static Stage.Recipe tomcat11() {
        return (home, settings) -> new TomcatGate(Path.of(System.getProperty("tomcat11.home")), home, settings);
    }

    /** What Tomcat's own script does. */
    @Override
    List<String> program() {
        return List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
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
