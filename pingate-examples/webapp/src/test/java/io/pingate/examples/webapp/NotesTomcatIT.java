package io.pingate.examples.webapp;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** In Tomcat. */
class NotesTomcatIT extends NotesContract {
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();
    private Context webapp;

    @BeforeEach
    void start() throws Exception {
        Path base = Path.of(System.getProperty("notes.folder")).resolveSibling("notes-tomcat");
        Files.createDirectories(base.resolve("webapps"));
        tomcat.setBaseDir(base.toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        // The defaults would ask for a compiler of JSP.
        tomcat.setAddDefaultWebXmlToWebapp(false);
        webapp = tomcat.addWebapp("/mine", System.getProperty("notes.war"));
        SETTINGS.forEach(webapp::addParameter);
        Tomcat.addServlet(webapp, "default", new DefaultServlet()).addMapping("/");
        webapp.addWelcomeFile("index.html");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Override
    int port() {
        return connector.getLocalPort();
    }

    @Override
    ServletContext context() {
        return webapp.getServletContext();
    }
}
