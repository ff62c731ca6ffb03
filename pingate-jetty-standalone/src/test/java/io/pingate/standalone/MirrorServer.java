package io.pingate.standalone;

import io.pingate.standalone.connector.ConnectionLimits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;

/** The server with stand-ins for gate and proxy, which tell what reaches them. */
final class MirrorServer implements AutoCloseable {
    /** Short enough to wait for, and not so short that a machine which stands still for a moment overruns them. */
    static final ConnectionLimits LIMITS =
            new ConnectionLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(8));

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final PingateServer server =
            new PingateServer("127.0.0.1", 0, LIMITS, PingateServer.webapp(new Gate(), new Upstream()));

    MirrorServer() throws IOException {
        server.start();
    }

    int port() {
        return server.port();
    }

    int openConnections() {
        return server.openConnections();
    }

    /** Waits until a request for {@code /hold} has arrived. */
    void awaitHeld() throws InterruptedException {
        held.await();
    }

    /** Lets the request for {@code /hold} end. */
    void release() {
        released.countDown();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Keeps strangers out, after having read what they have to say. */
    private static final class Gate extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getRequestURI().equals("/stranger")) {
                request.getInputStream().readAllBytes();
                response.setStatus(401);
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    private final class Upstream extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getRequestURI()) {
                case "/hold" -> hold();
                case "/fail" -> throw new IllegalStateException("a detail that nobody outside should see");
                case "/send-error" -> response.sendError(404, "a message that nobody outside should see");
                default -> {}
            }
            long length = request.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            String query = request.getQueryString();
            StringBuilder text = new StringBuilder("target " + request.getRequestURI());
            text.append(query == null ? "" : "?" + query).append('\n');
            text.append("scheme ").append(request.getScheme()).append('\n');
            text.append("protocol ").append(request.getProtocol()).append('\n');
            text.append("body ").append(length).append('\n');
            for (String name : Collections.list(request.getHeaderNames())) {
                for (String value : Collections.list(request.getHeaders(name))) {
                    text.append(name).append(": ").append(value).append('\n');
                }
            }
            response.setContentType("text/plain;charset=utf-8");
            response.getOutputStream().write(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        private void hold() throws IOException {
            held.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
