package io.pingate.blackbox;

import static io.pingate.blackbox.RequestHeaderContract.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireInput;
import io.pingate.testing.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 5: a socket is a tunnel of bytes behind a handshake that needs the cookie. */
abstract class WebSocketContract extends GateContract {
    private static final String ACCEPT = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    static final String SWITCHED =
            WireHead.of("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", ACCEPT);

    WebSocketContract(Stage stage) {
        super(stage);
    }

    @Test
    void handshake_is_refused_when_there_is_no_cookie() throws Exception {
        WireResponse answer = ask(handshake().replace("Cookie: " + stage.cookie() + "\r\n", ""));
        assertEquals(401, answer.status());
        assertEquals("sign-in", answer.head().first("X-Pingate").orElse(""));
        assertTrue(upstream.heardNothing());
    }

    @Test
    void handshake_passes_when_signed_in() throws Exception {
        try (RawClient client = stage.client()) {
            upstream.byHand();
            client.send(handshake(
                    "Origin: http://gate.test",
                    "Sec-WebSocket-Protocol: chat, super",
                    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
                    "X-Trusted-User-Email: root@evil.test"));
            Exchange exchange = upstream.next();
            exchange.send(WireHead.of(
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    ACCEPT,
                    "Sec-WebSocket-Protocol: super",
                    "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover",
                    "Set-Cookie: ws=1",
                    "X-Own: \"a b\""));
            WireHead up = exchange.head();
            assertEquals("GET /socket?a=%2Fb HTTP/1.1", up.startLine());
            assertEquals("websocket", only(up, "Upgrade"));
            assertEquals("upgrade", only(up, "Connection").toLowerCase(Locale.ROOT));
            assertEquals("13", only(up, "Sec-WebSocket-Version"));
            assertEquals("dGhlIHNhbXBsZSBub25jZQ==", only(up, "Sec-WebSocket-Key"));
            assertEquals("chat, super", only(up, "Sec-WebSocket-Protocol"));
            assertEquals("permessage-deflate; client_max_window_bits", only(up, "Sec-WebSocket-Extensions"));
            assertEquals("http://gate.test", only(up, "Origin"));
            assertEquals("gate.test", only(up, "Host"));
            assertEquals(Stage.EMAIL, only(up, "X-Trusted-User-Email"));
            assertFalse(up.has("Cookie"), up::text);

            WireHead down = client.in().head();
            assertEquals(101, down.status());
            assertEquals("websocket", only(down, "Upgrade"));
            assertEquals("upgrade", only(down, "Connection").toLowerCase(Locale.ROOT));
            assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", only(down, "Sec-WebSocket-Accept"));
            assertEquals("super", only(down, "Sec-WebSocket-Protocol"));
            assertEquals("permessage-deflate; server_no_context_takeover", only(down, "Sec-WebSocket-Extensions"));
            assertEquals("ws=1", only(down, "Set-Cookie"));
            assertEquals("\"a b\"", only(down, "X-Own"));
            assertFalse(down.has("Content-Length") || down.has("Transfer-Encoding"), down::text);
            exchange.close();
        }
    }

    @Test
    void handshake_passes_when_the_101_claims_a_length() throws Exception {
        try (RawClient client = stage.client()) {
            upstream.byHand();
            client.send(handshake());
            Exchange exchange = upstream.next();
            exchange.send(SWITCHED.replace("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n"));
            WireHead head = client.in().head();
            assertEquals(101, head.status());
            assertFalse(head.has("Content-Length"), head::text);
            exchange.send("12345678");
            assertEquals("12345678", client.in().exactly(8));
            exchange.close();
        }
    }

    @Test
    void bytes_pass_both_ways_when_the_tunnel_is_open() throws Exception {
        try (RawClient client = stage.client()) {
            Exchange exchange = open(client);
            client.in().head();
            for (int i = 0; i < 100; i++) {
                String up = "\u0081\u0085\u0000\u0000\u0000\u0000up" + (char) i;
                client.send(up);
                assertEquals(up, exchange.in().exactly(up.length()));
                String down = "\u0089\u0000down\u00ff\r\n\r\n" + (char) i;
                exchange.send(down);
                assertEquals(down, client.in().exactly(down.length()));
            }
            exchange.close();
        }
    }

    @Test
    void early_bytes_are_not_lost_when_sent_right_behind_the_handshake() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            String early = "GET /smuggled HTTP/1.1\r\nHost: gate.test\r\nContent-Length: 3\r\n\r\n";
            client.send(handshake() + early);
            Exchange exchange = upstream.next();
            exchange.send(SWITCHED + "early from upstream");
            assertEquals(101, client.in().head().status());
            assertEquals("early from upstream", client.in().exactly("early from upstream".length()));
            assertEquals(early, exchange.in().exactly(early.length()));
            client.send("late");
            assertEquals("late", exchange.in().exactly(4));
            assertTrue(upstream.heardNothing());
            exchange.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 426, 503})
    void refusal_passes_as_it_is_when_upstream_refuses(int status) throws Exception {
        upstream.answer(
                "HTTP/1.1 " + status + " Own\r\nX-Own: yes\r\nLocation: /login\r\nContent-Length: 4\r\n\r\nbody");
        try (RawClient client = stage.client()) {
            WireResponse answer = client.send(handshake()).response();
            assertEquals(status, answer.status());
            assertEquals("yes", answer.head().first("X-Own").orElse(""));
            assertEquals("/login", answer.head().first("Location").orElse(""));
            assertEquals("body", answer.text());
        }
    }

    @Test
    void answer_is_502_when_upstream_is_down() throws Exception {
        upstream.goDown();
        try {
            assertEquals(502, ask(handshake()).status());
        } finally {
            upstream.comeBack();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n",
                ""
            })
    void answer_is_502_when_upstream_switches_to_something_else(String response) throws Exception {
        upstream.play(exchange -> exchange.send(response).close());
        assertEquals(502, ask(handshake()).status());
    }

    @Test
    void answer_is_504_when_upstream_does_not_answer_the_handshake() throws Exception {
        upstream.byHand();
        assertEquals(504, ask(handshake()).status());
        assertTrue(upstream.next().in().ended());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.test",
                "Origin: null",
                "Origin: http://gate.test.evil.test",
                "Origin: http://gate.test:1",
                "Origin: http://evil.test\r\nOrigin: http://gate.test",
                "Origin: "
            })
    void handshake_is_refused_when_it_comes_from_another_site(String line) throws Exception {
        assertEquals(403, ask(handshake(line)).status());
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n->",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==->Sec-WebSocket-Key: short",
                "Sec-WebSocket-Version: 13->Sec-WebSocket-Version: 8",
                "Sec-WebSocket-Version: 13\r\n->",
                "HTTP/1.1->HTTP/1.0",
                "Upgrade: websocket->Upgrade: h2c",
                "Upgrade: websocket->Upgrade: websocket, h2c",
                "Upgrade: websocket->Upgrade: websocket\r\nUpgrade: h2c",
                "Upgrade: websocket->Upgrade: websocket\r\nUpgrade: websocket",
                "GET /->POST /",
                "Host->Content-Length: 3\r\nHost",
                "Host->Transfer-Encoding: chunked\r\nHost"
            })
    void handshake_is_refused_when_broken_by(String change) throws Exception {
        String[] parts = change.split("->", -1);
        String broken = handshake().replaceFirst(parts[0], parts[1]);
        int status = ask(broken + "abc").status();
        assertTrue(status >= 400 && status < 500, () -> change + " answered " + status);
        assertTrue(upstream.heardNothing());
    }

    @Test
    void upstream_is_closed_when_client_goes() throws Exception {
        RawClient client = stage.client();
        Exchange exchange = open(client);
        client.in().head();
        client.leave();
        assertTrue(exchange.in().ended());
        exchange.close();
    }

    @Test
    void upstream_is_closed_when_client_is_reset() throws Exception {
        RawClient client = stage.client();
        Exchange exchange = open(client);
        client.in().head();
        client.reset();
        assertTrue(exchange.in().ended());
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void client_is_closed_when_upstream_goes(boolean abruptly) throws Exception {
        try (RawClient client = stage.client()) {
            Exchange exchange = open(client);
            client.in().head();
            if (abruptly) {
                exchange.reset();
            } else {
                exchange.close();
            }
            assertTrue(client.in().ended());
        }
    }

    @Test
    void answer_arrives_when_client_has_closed_its_half() throws Exception {
        try (RawClient client = stage.client()) {
            Exchange exchange = open(client);
            client.in().head();
            client.send("bye");
            client.halfClose();
            assertEquals("bye", exchange.in().exactly(3));
            assertTrue(exchange.in().ended());
            exchange.send("good bye").close();
            assertEquals("good bye", client.in().exactly(8));
            assertTrue(client.in().ended());
        }
    }

    @Test
    void upload_arrives_when_upstream_has_closed_its_half() throws Exception {
        try (RawClient client = stage.client()) {
            Exchange exchange = open(client);
            client.in().head();
            exchange.send("bye");
            exchange.halfClose();
            assertEquals("bye", client.in().exactly(3));
            assertTrue(client.in().ended());
            client.send("good bye");
            assertEquals("good bye", exchange.in().exactly(8));
            client.leave();
            assertTrue(exchange.in().ended());
            exchange.close();
        }
    }

    @Test
    void upstream_handshake_is_given_up_when_client_goes_before_the_101() throws Exception {
        upstream.byHand();
        RawClient client = stage.client();
        client.send(handshake());
        Exchange exchange = upstream.next();
        client.leave();
        assertTrue(exchange.in().ended());
        exchange.close();
    }

    @Test
    void writer_is_held_up_when_the_other_end_does_not_read() throws Exception {
        try (RawClient client = stage.client()) {
            Exchange exchange = open(client);
            client.in().head();
            assertIsHeldUp(exchange::send, client.in());
            assertIsHeldUp(client::send, exchange.in());
            exchange.close();
        }
    }

    @Test
    void thousand_sockets_stay_open_when_idle() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                RawClient client = stage.client();
                clients.add(client);
                exchanges.add(open(client));
                assertEquals(101, client.in().head().status());
            }
            for (int i = 0; i < 1_000; i++) {
                exchanges.get(i).send("event " + i);
                assertEquals("event " + i, clients.get(i).in().exactly(("event " + i).length()));
            }
            assertEquals(200, ask(stranger("GET", "/pin/health")).status());
        } finally {
            for (RawClient client : clients) {
                client.leave();
            }
            for (Exchange exchange : exchanges) {
                exchange.close();
            }
        }
    }

    private static void assertIsHeldUp(LargeBody.Sink writer, WireInput reader) throws Exception {
        LargeBody large = new LargeBody(false);
        CompletableFuture<Void> sent = large.beginWritingTo(writer);
        Stalls.assertHeldUp(large);
        LargeBody.assertArrivesRaw(reader);
        sent.join();
    }

    private Exchange open(RawClient client) throws Exception {
        upstream.byHand();
        client.send(handshake());
        return upstream.next().send(SWITCHED);
    }

    final String handshake(String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13"));
        lines.addAll(List.of(more));
        return signedIn("GET", "/socket?a=%2Fb", lines.toArray(String[]::new));
    }
}
