package io.pingate.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat as it comes, with one connector. */
final class EmbeddedTomcat {
    private EmbeddedTomcat() {}

    static Tomcat on(int port) throws Exception {
        Tomcat tomcat = new Tomcat();
        Path folder = Files.createDirectories(Path.of(System.getenv("BENCH_FOLDER"), "tomcat-" + port));
        tomcat.setBaseDir(folder.toString());
        Files.createDirectories(folder.resolve("webapps"));
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        // As for Jetty: a connection ends when the client has had enough, not after 100 requests.
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        return tomcat;
    }

    static void run(Tomcat tomcat) throws Exception {
        tomcat.start();
        tomcat.getServer().await();
    }
}
