package io.pingate.servlet.handler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.GuardedServer;
import io.pingate.servlet.proxy.RawSocket;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the handler answers by itself, and what it lets through. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PinGateHandlerTest {
    private HandlerServer server;

    @BeforeAll
    void start() throws Exception {
        server = HandlerServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Else Jetty would hand each request to another thread. */
    @Test
    void server_knows_that_nothing_blocks_when_started() {
        assertEquals(InvocationType.NON_BLOCKING, server.server.getInvocationType());
    }

    @Test
    void browser_goes_to_the_form_when_not_signed_in() throws Exception {
        WireHead answer =
                server.ask("GET /notes?a=1&b=%2F", "Accept: text/html").head();
        assertEquals(303, answer.status());
        assertEquals(List.of("/pin?next=/notes%3Fa%3D1%26b%3D%252F"), answer.all("Location"));
        assertEquals(List.of("no-store"), answer.all("Cache-Control"));
    }

    @Test
    void program_is_told_to_sign_in_when_not_signed_in() throws Exception {
        WireResponse answer = server.ask("GET /api", "Accept: application/json");
        assertEquals(401, answer.status());
        assertEquals("{\"error\":\"sign-in required\",\"sign_in\":\"/pin\"}", answer.text());
        assertEquals(List.of("sign-in"), answer.head().all("X-Pingate"));
    }

    @Test
    void head_of_the_form_is_that_of_get_when_asked() throws Exception {
        WireResponse form = server.ask("GET /pin");
        assertEquals(200, form.status());
        assertTrue(form.text().contains("<form"), form::text);
        WireResponse head = server.ask("HEAD /pin");
        assertEquals(
                List.of(Integer.toString(form.text().length())), head.head().all("Content-Length"));
    }

    @Test
    void right_pin_opens_when_posted() throws Exception {
        try (RawUpstream upstream = RawUpstream.start();
                HandlerServer gate = HandlerServer.start(to(upstream))) {
            WireHead answer = gate.tryPin("pin=4711&next=%2Fnotes%3Fa%3D1").head();
            assertEquals(303, answer.status());
            assertEquals(List.of("/notes?a=1"), answer.all("Location"));
            String cookie = answer.first("Set-Cookie").orElseThrow();
            assertTrue(cookie.startsWith("pingate=") && cookie.contains("; HttpOnly"), cookie);
            assertEquals(List.of(), gate.admitted);
            WireResponse inside = gate.ask(
                    "GET /notes?a=1", "Cookie: " + cookie.substring(0, cookie.indexOf(';')), "Connection: close");
            assertEquals("ok", inside.text());
            assertEquals(List.of("/notes"), gate.admitted);
        }
    }

    @Test
    void wrong_pin_gets_the_form_again_when_posted() throws Exception {
        WireResponse answer = server.tryPin("pin=1&next=%2Fa%22%3E");
        assertEquals(401, answer.status());
        assertFalse(answer.head().has("Set-Cookie"));
        assertTrue(answer.text().contains("role=\"alert\""), answer::text);
    }

    @Test
    void form_is_refused_when_another_site_sends_it() throws Exception {
        try (RawClient client = RawClient.to(server.port())) {
            WireHead answer = client.send(
                            HandlerServer.form("Content-Length: 8", "Origin: https://evil.example") + "pin=4711")
                    .response()
                    .head();
            assertEquals(403, answer.status());
            assertFalse(answer.has("Set-Cookie"));
        }
    }

    @Test
    void cookie_is_cleared_when_signing_out() throws Exception {
        WireHead answer = server.ask("POST /pin/logout", "Content-Length: 0").head();
        assertEquals(303, answer.status());
        assertTrue(answer.first("Set-Cookie").orElseThrow().startsWith("pingate=; "), answer::text);
    }

    @Test
    void health_needs_no_pin_when_asked() throws Exception {
        assertEquals("{\"status\":\"up\"}", server.ask("GET /pin/health").text());
    }

    @Test
    void connection_ends_when_the_head_cannot_be_read() throws Exception {
        String answer = RawClient.exchange(
                server.port(),
                HandlerServer.head("GET /" + "a".repeat(16 * 1024), "Accept: text/html")
                        + HandlerServer.head("GET /pin/health"));
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        assertTrue(answer.contains("longer than 16384 bytes"), answer);
        assertFalse(answer.contains("HTTP/1.1 200"), answer);
    }

    @Test
    void connection_ends_when_a_body_was_not_read() throws Exception {
        String hidden = HandlerServer.head("GET /pin/health");
        String answer = RawClient.exchange(
                server.port(), HandlerServer.head("POST /api", "Content-Length: " + hidden.length()) + hidden);
        assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
        assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        assertFalse(answer.contains("HTTP/1.1 200"), answer);
    }

    @Test
    void body_is_not_asked_for_when_it_is_not_let_in() throws Exception {
        String answer = RawClient.exchange(
                server.port(), HandlerServer.head("PUT /upload", "Content-Length: 5", "Expect: 100-continue"));
        assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
        assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    }

    @Test
    void handshake_is_refused_when_it_is_bad() throws Exception {
        WireHead answer = server.ask("GET /open/socket", "Connection: Upgrade", "Upgrade: websocket")
                .head();
        assertEquals(400, answer.status());
        assertEquals(List.of("close"), answer.all("Connection"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST"})
    void answer_has_its_length_when_no_upstream_is_there(String method) throws Exception {
        try (RawUpstream gone = RawUpstream.start()) {
            Map<String, String> settings = to(gone);
            gone.goDown();
            try (HandlerServer gate = HandlerServer.start(settings);
                    RawClient client = RawClient.to(gate.port())) {
                for (int i = 0; i < 2; i++) {
                    client.send(HandlerServer.head(
                            method + " /open/", method.equals("POST") ? "Content-Length: 0" : "A: b"));
                    WireResponse answer = method.equals("HEAD") ? client.responseToHead() : client.response();
                    assertEquals(502, answer.status());
                    int length = Integer.parseInt(
                            answer.head().first("Content-Length").orElseThrow());
                    assertEquals(
                            method.equals("HEAD") ? 0 : length, answer.text().length());
                    assertTrue(length > 0, answer.head()::text);
                }
            }
        }
    }

    @Test
    void every_request_is_answered_in_turn_when_they_come_in_one_packet() throws Exception {
        try (RawUpstream upstream = RawUpstream.start();
                HandlerServer gate = HandlerServer.start(to(upstream));
                RawClient client = RawClient.to(gate.port())) {
            StringBuilder sent = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                sent.append(HandlerServer.head("GET /pin/health"))
                        .append(HandlerServer.head("GET /closed"))
                        .append(HandlerServer.head("GET /open/" + i))
                        .append(HandlerServer.form("Content-Length: 5", "Origin: https://evil.example"))
                        .append("pin=1");
            }
            client.send(sent.toString());
            for (int i = 0; i < 50; i++) {
                for (int status : new int[] {200, 401, 200, 403}) {
                    assertEquals(status, client.response().status());
                }
            }
        }
    }

    @Test
    void answer_renews_the_cookie_when_the_session_is_to_be_prolonged() throws Exception {
        try (RawUpstream upstream = RawUpstream.start();
                HandlerServer gate = HandlerServer.start(
                        Map.of("upstream", "http://127.0.0.1:" + upstream.port(), "sessionRenew", "true"))) {
            WireHead answer =
                    gate.ask("GET /", "Cookie: " + GuardedServer.cookie()).head();
            assertEquals(200, answer.status());
            assertEquals(1, answer.all("Set-Cookie").size(), answer::text);
            assertEquals(List.of("no-store"), answer.all("Cache-Control"));
        }
    }

    @Test
    void websocket_is_told_when_the_server_shuts_down() throws Exception {
        try (RawUpstream upstream = RawUpstream.start();
                HandlerServer gate = HandlerServer.start(to(upstream));
                RawSocket client = RawSocket.to(gate.port())) {
            upstream.byHand();
            client.send(RawSocket.handshake("/open/socket"));
            Exchange exchange = upstream.next();
            exchange.send(RawSocket.accepted());
            assertEquals(101, client.status());
            client.send(RawSocket.text(true, "hello"));
            exchange.in().exactly(11);
            var unused = gate.gate.shutdown();
            assertArrayEquals(RawSocket.close(false, 1001), client.bytes(4));
            exchange.close();
        }
    }

    static Map<String, String> to(RawUpstream upstream) {
        return Map.of("upstream", "http://127.0.0.1:" + upstream.port());
    }
}
