package io.pingate.standalone.demo;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The demo's upstream: a web server on a free loopback port, which knows nothing of PINs. */
public final class DemoUpstream implements AutoCloseable {
    private final Server server;
    private final ServerConnector connector;
    private final ClockServlet clock = new ClockServlet();

    /**
     * Takes a free port.
     *
     * @throws IOException when there is none
     */
    public DemoUpstream() throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("demo");
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        connector.open();
    }

    private ServletContextHandler webapp(String signOutPath) {
        ServletContextHandler webapp = new ServletContextHandler("/");
        add(webapp, "", new PageServlet(signOutPath));
        add(webapp, "/demo.css", new ResourceServlet("demo.css", "text/css;charset=utf-8"));
        add(webapp, "/demo.js", new ResourceServlet("demo.js", "text/javascript;charset=utf-8"));
        add(webapp, "/headers", new HeadersServlet());
        add(webapp, "/clock", clock);
        add(webapp, "/upload", new UploadServlet());
        JettyWebSocketServletContainerInitializer.configure(webapp, (context, sockets) -> {
            sockets.setIdleTimeout(Duration.ZERO);
            sockets.addMapping("/echo", (request, response) -> new EchoSocket());
        });
        return webapp;
    }

    private static void add(ServletContextHandler webapp, String path, Servlet servlet) {
        webapp.addServlet(new ServletHolder(servlet), path);
    }

    /**
     * Starts to answer.
     *
     * @param signOutPath where the page's sign-out button posts to; at the gate, not here
     */
    public void start(String signOutPath) {
        server.setHandler(webapp(signOutPath));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the demo doesn't start", e);
        }
    }

    /**
     * Where the demo listens.
     *
     * @return for example {@code http://127.0.0.1:49152}
     */
    public URI uri() {
        return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    /** Ends the streams, which would go on for ever, and lets the rest run. */
    public void endStreams() {
        clock.stop();
    }

    /** Stops the server; its streams and sockets end. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the demo doesn't stop", e);
        }
    }
}
