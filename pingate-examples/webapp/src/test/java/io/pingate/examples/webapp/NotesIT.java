package io.pingate.examples.webapp;

import jakarta.servlet.ServletContext;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** In a Jetty that hides its own classes from it. */
class NotesIT extends NotesContract {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final WebAppContext webapp = new WebAppContext(System.getProperty("notes.war"), "/mine");

    @BeforeEach
    void start() throws Exception {
        SETTINGS.forEach(webapp::setInitParameter);
        webapp.setThrowUnavailableOnStartupException(true);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(webapp);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
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
