package io.pingate.servlet;

import io.pingate.servlet.webapp.WebappRequestContract;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A real Jetty with the filter before a servlet, and a client for it. */
public final class GuardedServer implements WebappRequestContract.Webapp {
    public static final String PIN = "4711";
    public static final String SECRET = "the key of this test";
    public static final Map<String, String> SETTINGS = Map.of("pin", PIN, "secret", SECRET);

    private final Server server = new Server();
    private final HttpConfiguration http = new HttpConfiguration();
    private final ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    private final HttpClient client = HttpClient.newHttpClient();

    private GuardedServer(ServletContextHandler context) throws Exception {
        http.setRequestHeaderSize(32 * 1024);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    public static GuardedServer start(String contextPath, Map<String, String> settings, HttpServlet servlet)
            throws Exception {
        return start(new PinGateFilter(), contextPath, settings, servlet);
    }

    public static GuardedServer start(
            PinGateFilter gate, String contextPath, Map<String, String> settings, HttpServlet servlet)
            throws Exception {
        ServletContextHandler context = new ServletContextHandler(contextPath);
        FilterHolder filter = new FilterHolder(gate);
        filter.setInitParameters(settings);
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(418, "/error-page");
        context.setErrorHandler(errors);
        return new GuardedServer(context);
    }

    /** A webapp that brings its filter itself. */
    public static GuardedServer start(ServletContextHandler webapp) throws Exception {
        return new GuardedServer(webapp);
    }

    /** The status that a WebSocket handshake is answered with. */
    public int handshake(String target, String cookie) throws IOException {
        try (RawClient client = RawClient.to(port())) {
            client.send(WireHead.of(
                    "GET " + target + " HTTP/1.1",
                    "Host: localhost",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Cookie: " + cookie));
            return client.in().head().status();
        }
    }

    /** What anybody who knows the key can make: printf %s TS | openssl dgst -sha256 -hmac SECRET. */
    public static String cookie() throws Exception {
        String expiry = Long.toString(Instant.now().plus(Duration.ofDays(1)).getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "pingate=" + expiry + "."
                + HexFormat.of().formatHex(mac.doFinal(expiry.getBytes(StandardCharsets.US_ASCII)));
    }

    public HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + target))
                .timeout(Duration.ofSeconds(20));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> post(String target, String form, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Sends these bytes and reads all that comes until the server closes. */
    public String raw(String bytes) throws IOException {
        return RawClient.exchange(port(), bytes);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
