package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pingate.servlet.metrics.GateMetrics;
import io.pingate.testing.Deadline;
import io.pingate.testing.WireHead;
import java.net.SocketException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is open is counted down in each of the ways in which it can end. */
@ParameterizedClass
@MethodSource("io.pingate.servlet.proxy.GateKind#underTest")
class WebSocketFiguresTest extends WebSocketFixture {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    WebSocketFiguresTest(GateKind kind) {
        super(kind);
    }

    @BeforeEach
    void listen() {
        settings.listeners().add(new GateMetrics(registry));
    }

    @Test
    void web_socket_is_open_until_both_ends_have_left() throws Exception {
        Ends ends = open();
        awaitOpen(0, 1);
        assertEquals(1, responses("1xx"));
        ends.client().close();
        assertTrue(ends.server().isAtEnd());
        ends.server().close();
        awaitOpen(0, 0);
    }

    @Test
    void web_socket_is_open_until_its_server_breaks_off() throws Exception {
        Ends ends = open();
        awaitOpen(0, 1);
        ends.server().reset();
        awaitOpen(0, 0);
    }

    @Test
    void bytes_of_a_web_socket_are_counted_in_both_directions() throws Exception {
        Ends ends = open();
        byte[] up = RawSocket.text(true, "to the server");
        byte[] down = RawSocket.text(false, "to the client!");
        ends.client().send(up);
        ends.server().bytes(up.length);
        ends.server().send(down);
        ends.client().bytes(down.length);

        assertEquals(up.length, count("pingate.bytes", "direction", "received"));
        assertEquals(down.length, count("pingate.bytes", "direction", "sent"));
    }

    @Test
    void nothing_is_open_when_the_server_refuses_a_web_socket() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket"));
        RawSocket server = upstream.next();
        server.head();
        awaitOpen(1, 0);
        server.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        assertEquals(403, client.status());
        awaitOpen(0, 0);
        assertEquals(1, responses("4xx"));
    }

    @Test
    void nothing_is_open_when_the_101_is_none() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket"));
        RawSocket server = upstream.next();
        server.head();
        server.send(RawSocket.accepted().replace(RawSocket.ACCEPT, RawSocket.KEY));
        assertEquals(502, client.status());
        awaitOpen(0, 0);
        assertEquals(1, count("pingate.upstream.failures", "reason", "unreachable"));
        assertEquals(0, responses("1xx"));
    }

    @Test
    void request_is_open_until_the_server_breaks_its_answer_off() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(WireHead.of("GET /open/events HTTP/1.1", "Host: gate.example"));
        RawSocket server = upstream.next();
        server.head();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        assertEquals(200, client.status());
        awaitOpen(1, 0);
        server.close();
        awaitOpen(0, 0);
        assertEquals(1, count("pingate.upstream.failures", "reason", "broken"));
        assertEquals(3, count("pingate.bytes", "direction", "sent"));
    }

    @Test
    void request_is_open_until_its_client_leaves() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(WireHead.of("GET /open/events HTTP/1.1", "Host: gate.example"));
        RawSocket server = upstream.next();
        server.head();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        assertEquals(200, client.status());
        awaitOpen(1, 0);
        client.reset();
        try {
            // Where silence hides it, the next bytes tell.
            for (int i = 0; i < 10; i++) {
                server.send("a".repeat(1000));
            }
        } catch (SocketException over) {
            // The gate has heard of it before.
        }
        awaitOpen(0, 0);
        assertEquals(0, count("pingate.upstream.failures", "reason", "broken"));
    }

    private void awaitOpen(int exchanges, int webSockets) throws Exception {
        assertTrue(
                Deadline.reached(
                        Deadline.USUAL, () -> open("exchange") == exchanges && open("websocket") == webSockets),
                () -> open("exchange") + " exchanges, " + open("websocket") + " WebSockets");
    }

    private double open(String what) {
        return registry.get("pingate.open").tag("kind", what).gauge().value();
    }

    private long responses(String status) {
        return registry.get("pingate.upstream.response")
                .tag("status", status)
                .timer()
                .count();
    }

    private double count(String name, String label, String value) {
        return registry.get(name).tag(label, value).counter().count();
    }
}
