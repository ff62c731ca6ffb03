package io.pingate.servlet.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bare Jetty server tells the access log. */
class GateRequestLogTest {
    private static final String[] HANDSHAKE = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Origin: http://gate.test",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    private static final String SWITCHED = WireHead.of(
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

    @TempDir
    private Path folder;

    private RawUpstream upstream;
    private HandlerServer server;

    @BeforeEach
    void start() throws Exception {
        upstream = RawUpstream.start();
        Map<String, String> more = new HashMap<>();
        more.put("upstream", "http://127.0.0.1:" + upstream.port());
        more.put("accessLog", folder.resolve("access.log").toString());
        server = HandlerServer.start(more);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        upstream.close();
    }

    /** The only line, without its time. */
    private String line() throws Exception {
        Path file = folder.resolve("access.log");
        assertTrue(Deadline.reached(Deadline.USUAL, () -> Files.exists(file) && Files.size(file) > 0));
        return Files.readString(file).strip().replaceFirst("\\[.*?]", "[]");
    }

    @Test
    void client_is_whom_the_gate_believes() throws Exception {
        server.ask("GET /open/a?b", "X-Forwarded-For: 192.0.2.1, 2001:db8::1", "User-Agent: x/1", "Referer: /y");
        assertEquals("2001:db8::1 - - [] \"GET /open/a?b HTTP/1.1\" 200 2 \"/y\" \"x/1\"", line());
    }

    @Test
    void websocket_has_its_line_when_it_begins() throws Exception {
        upstream.byHand();
        try (RawClient client = RawClient.to(server.port())) {
            client.send(HandlerServer.head("GET /open/socket", HANDSHAKE));
            Exchange exchange = upstream.next();
            exchange.send(SWITCHED);
            assertEquals(101, client.in().head().status());
            assertEquals("127.0.0.1 - - [] \"GET /open/socket HTTP/1.1\" 101 0 \"-\" \"-\"", line());
            exchange.close();
        }
    }

    @Test
    void client_that_left_before_an_answer_has_499() throws Exception {
        upstream.byHand();
        try (RawClient client = RawClient.to(server.port())) {
            client.send(HandlerServer.head("GET /open/slow"));
            Exchange exchange = upstream.next();
            client.reset();
            assertEquals("127.0.0.1 - - [] \"GET /open/slow HTTP/1.1\" 499 0 \"-\" \"-\"", line());
            exchange.close();
        }
    }

    @Test
    void refusal_of_the_server_s_own_has_its_status_and_its_bytes() throws Exception {
        try (RawClient client = RawClient.to(server.port())) {
            int bytes = client.send("NONSENSE\r\n\r\n").response().text().length();
            assertEquals("127.0.0.1 - - [] \"-\" 400 " + bytes + " \"-\" \"-\"", line());
        }
    }

    @Test
    void address_that_the_gate_refuses_to_read_is_told_as_the_server_reads_it() throws Exception {
        assertEquals(400, server.ask("GET /open/a", "Host: other.test").head().status());
        assertTrue(line().startsWith("127.0.0.1 - - [] \"GET /open/a HTTP/1.1\" 400 "), line());
    }
}
