package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the upstream answers a good handshake, and what the client gets of it. */
@ParameterizedClass
@MethodSource("io.pingate.servlet.proxy.GateKind#underTest")
class WebSocketHandshakeTest extends WebSocketFixture {
    WebSocketHandshakeTest(GateKind kind) {
        super(kind);
    }

    @Test
    void heads_pass_when_the_upstream_accepts() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake(
                "/open/socket?a=b%20c%2F",
                "Sec-WebSocket-Protocol: chat, superchat\r\n",
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"));
        RawSocket server = upstream.next();
        String asked = server.head();
        assertTrue(asked.startsWith("GET /open/socket?a=b%20c%2F HTTP/1.1\r\n"), asked);
        assertEquals("Upgrade", RawSocket.field(asked, "Connection"));
        assertEquals("websocket", RawSocket.field(asked, "Upgrade"));
        assertEquals(RawSocket.KEY, RawSocket.field(asked, "Sec-WebSocket-Key"));
        assertEquals("chat, superchat", RawSocket.field(asked, "Sec-WebSocket-Protocol"));
        server.send(RawSocket.accepted(
                "Sec-WebSocket-Protocol: chat\r\n",
                "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n",
                "Set-Cookie: a=\"b c\"; Path=/\r\n",
                "Set-Cookie: pingate=stolen\r\n"));
        String answered = client.head();
        assertTrue(answered.startsWith("HTTP/1.1 101 "), answered);
        assertTrue(RawSocket.field(answered, "Connection").startsWith("Upgrade"), answered);
        assertEquals("websocket", RawSocket.field(answered, "Upgrade"));
        assertEquals(RawSocket.ACCEPT, RawSocket.field(answered, "Sec-WebSocket-Accept"));
        assertEquals("chat", RawSocket.field(answered, "Sec-WebSocket-Protocol"));
        assertEquals(
                "permessage-deflate; server_no_context_takeover",
                RawSocket.field(answered, "Sec-WebSocket-Extensions"));
        assertEquals("a=\"b c\"; Path=/", RawSocket.field(answered, "Set-Cookie"));
    }

    @Test
    void refusal_passes_as_it_is_when_the_upstream_says_no() throws Exception {
        for (String status : new String[] {"401", "403", "404", "426"}) {
            RawSocket client = RawSocket.to(gate.port());
            client.send(RawSocket.handshake("/open/socket"));
            RawSocket server = upstream.next();
            server.head();
            server.send("HTTP/1.1 " + status
                    + " No\r\nConnection: close\r\nContent-Length: 3\r\nX-Own: \"a, b\"\r\n\r\nWhy");
            String head = client.head();
            assertEquals(status, head.split(" ", 3)[1]);
            assertEquals("\"a, b\"", RawSocket.field(head, "X-Own"));
            assertEquals("Why", client.text(3));
            client.close();
        }
    }

    @Test
    void early_bytes_are_no_request_when_the_upstream_says_no() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket") + "GET /open/early HTTP/1.1\r\nHost: gate.example\r\n\r\n");
        RawSocket server = upstream.next();
        server.head();
        server.send("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        assertEquals(403, client.status());
        assertTrue(isOver(client));
        assertEquals(1, upstream.count());
    }

    @Test
    void redirect_passes_as_it_is_when_the_upstream_sends_one() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket"));
        RawSocket server = upstream.next();
        server.head();
        server.send("HTTP/1.1 302 Found\r\nLocation: /open/other?x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        String head = client.head();
        assertEquals("302", head.split(" ", 3)[1]);
        assertEquals("/open/other?x", RawSocket.field(head, "Location"));
        assertEquals(1, upstream.count());
    }

    @Test
    void answer_is_504_when_the_upstream_says_nothing() throws Exception {
        gate.close();
        gate = kind.start(Gate.settings(upstream.port(), "1s"));
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket"));
        RawSocket server = upstream.next();
        server.head();
        assertEquals(504, client.status());
        assertTrue(isOver(server));
    }

    @Test
    void answer_is_502_when_nobody_listens() throws Exception {
        upstream.close();
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket"));
        assertEquals(502, client.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\n",
                "Upgrade: h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
                "Upgrade: websocket, h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
                "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
                "Upgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
            })
    void answer_is_502_when_the_101_is_no_real_one(String fields) throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket"));
        RawSocket server = upstream.next();
        server.head();
        server.send("HTTP/1.1 101 Switching Protocols\r\n" + fields + "\r\n");
        assertEquals(502, client.status());
        assertTrue(isOver(server));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: Upgrade\r\nUpgrade: TLS/1.2\r\n"})
    void answer_is_502_when_the_101_was_not_asked_for(String offer) throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send("GET /open/page HTTP/1.1\r\nHost: gate.example\r\n" + offer + "\r\n");
        RawSocket server = upstream.next();
        String asked = server.head();
        assertEquals("", RawSocket.field(asked, "Upgrade"));
        server.send(RawSocket.accepted());
        assertEquals(502, client.status());
        assertTrue(isOver(server));
    }

    @Test
    void upstream_is_let_go_when_the_client_leaves_before_the_101() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket"));
        RawSocket server = upstream.next();
        server.head();
        client.reset();
        server.send(RawSocket.accepted());
        assertTrue(isOver(server));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WebSocket", "WEBSOCKET"})
    void case_does_not_matter_when_a_websocket_is_asked_for(String upgrade) throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket")
                .replace("Upgrade: websocket", "Upgrade: " + upgrade)
                .replace("keep-alive, Upgrade", "keep-alive, UPGRADE"));
        RawSocket server = upstream.next();
        server.head();
        server.send(RawSocket.accepted().replace("websocket", "WebSocket"));
        assertEquals(101, client.status());
    }
}
