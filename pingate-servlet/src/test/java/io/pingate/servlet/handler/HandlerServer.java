package io.pingate.servlet.handler;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.access.AccessLog;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A bare Jetty with the gate's handler, and clients for it. */
final class HandlerServer implements AutoCloseable {
    static final Map<String, String> SETTINGS =
            Map.of("pin", "4711", "secret", "the key of this test", "publicPaths", "/open/*");

    final QueuedThreadPool threads = new QueuedThreadPool(8);
    final Server server = new Server(threads);
    final List<String> admitted = new CopyOnWriteArrayList<>();
    final PinGateHandler gate;
    final GracefulHandler requests;
    private final Optional<AccessLog> accesses;
    private final ServerConnector connector;

    HandlerServer(Map<String, String> settings, Duration formTimeout) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(32 * 1024);
        threads.setReservedThreads(0);
        // The selector accepts, too.
        connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        PinGateSettings known = PinGateSettings.loadInContainer(SettingsSource.initParameters(settings::get));
        accesses = known.openAccessLog();
        accesses.ifPresent(log -> server.setRequestLog(new GateRequestLog(known, log)));
        gate = new PinGateHandler(
                known, request -> admitted.add(request.getHttpURI().getPath()), formTimeout);
        requests = new GracefulHandler(gate);
        server.setHandler(requests);
        server.start();
    }

    static HandlerServer start() throws Exception {
        return start(Map.of());
    }

    /** With settings beside the usual ones. */
    static HandlerServer start(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
        return new HandlerServer(settings, Duration.ofMinutes(1));
    }

    int port() {
        return connector.getLocalPort();
    }

    /** What a request without a body is answered, on a connection of its own. */
    WireResponse ask(String requestLine, String... fields) throws IOException {
        try (RawClient client = RawClient.to(port())) {
            client.send(head(requestLine, fields));
            return requestLine.startsWith("HEAD ") ? client.responseToHead() : client.response();
        }
    }

    /** What a sign-in form is answered. */
    WireResponse tryPin(String form) throws IOException {
        try (RawClient client = RawClient.to(port())) {
            return client.send(form("Content-Length: " + form.length()) + form).response();
        }
    }

    static String head(String requestLine, String... fields) {
        return requestLine + " HTTP/1.1\r\nHost: gate.test\r\n" + (fields.length == 0 ? "\r\n" : WireHead.of(fields));
    }

    /** The head of a sign-in form. */
    static String form(String... fields) {
        return head("POST /pin/check", "Content-Type: application/x-www-form-urlencoded", String.join("\r\n", fields));
    }

    @Override
    public void close() {
        // The handler before the server, which closes its connections first.
        LifeCycle.stop(requests);
        LifeCycle.stop(server);
        accesses.ifPresent(AccessLog::close);
    }
}
