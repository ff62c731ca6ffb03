package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.PinGateSettings;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a WebSocket may expect of the gate, byte by byte and in any container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WebSocketSuite {
    RawServer upstream;
    Gate gate;

    abstract Gate start(PinGateSettings settings) throws Exception;

    @BeforeEach
    void startBoth() throws Exception {
        upstream = new RawServer();
        gate = start(Gate.settings(upstream.port(), "60s"));
    }

    @AfterEach
    void stopBoth() throws Exception {
        gate.close();
        upstream.close();
    }

    /** A tunnel's two ends. */
    record Ends(RawSocket client, RawSocket server) {}

    Ends open() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket"));
        RawSocket server = upstream.next();
        server.head();
        server.send(RawSocket.accepted());
        assertEquals(101, client.status());
        return new Ends(client, server);
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
    void bytes_pass_unread_when_they_are_no_frames_at_all() throws Exception {
        Ends ends = open();
        ends.client.send("GET /evil HTTP/1.1\r\n\r\n");
        assertEquals("GET /evil HTTP/1.1\r\n\r\n", ends.server.text(22));
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        ends.server.send(all);
        assertArrayEquals(all, ends.client.bytes(all.length));
        assertEquals(1, upstream.count());
    }

    @Test
    void early_bytes_are_kept_when_they_come_with_the_handshake() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket") + "GET /open/early HTTP/1.1\r\n\r\n");
        RawSocket server = upstream.next();
        server.head();
        client.send("more");
        server.send(RawSocket.accepted() + "EARLY");
        assertEquals(101, client.status());
        assertEquals("EARLY", client.text(5));
        assertEquals("GET /open/early HTTP/1.1\r\n\r\nmore", server.text(32));
        client.close();
        assertTrue(server.isAtEnd());
        assertEquals(1, upstream.count());
    }

    @Test
    void end_passes_when_one_side_closes() throws Exception {
        Ends first = open();
        first.client.close();
        assertTrue(first.server.isAtEnd());
        Ends second = open();
        second.server.close();
        assertTrue(second.client.isAtEnd());
    }

    @Test
    void other_half_stays_open_when_one_is_closed() throws Exception {
        Ends first = open();
        first.client.socket.shutdownOutput();
        assertTrue(first.server.isAtEnd());
        first.server.send("still here");
        assertEquals("still here", first.client.text(10));
        first.server.close();
        assertTrue(first.client.isAtEnd());
        Ends second = open();
        second.server.socket.shutdownOutput();
        assertTrue(second.client.isAtEnd());
        second.client.send("still here");
        assertEquals("still here", second.server.text(10));
        second.client.close();
        assertTrue(second.server.isAtEnd());
    }

    @Test
    void other_side_is_told_when_one_breaks_off() throws Exception {
        Ends first = open();
        first.client.reset();
        assertThrows(SocketException.class, first.server::isAtEnd);
        Ends second = open();
        second.server.reset();
        assertTrue(isOver(second.client));
    }

    /** By a reset where the container can send one, else by the end. */
    private static boolean isOver(RawSocket socket) throws IOException {
        try {
            return socket.isAtEnd();
        } catch (SocketException reset) {
            return true;
        }
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
        gate = start(Gate.settings(upstream.port(), "1s"));
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

    @Test
    void handshake_is_401_when_there_is_no_cookie() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/closed/socket"));
        String head = client.head();
        assertEquals("401", head.split(" ", 3)[1]);
        assertEquals("sign-in", RawSocket.field(head, "X-Pingate"));
        assertEquals(0, upstream.count());
    }

    @Test
    void handshake_is_403_when_a_page_of_another_host_asks() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket", "Origin: https://evil.example\r\n"));
        assertEquals(403, client.status());
        assertEquals(0, upstream.count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no key, keys that are none, two keys
                "GET|1.1|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13",
                "GET|1.1|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key:",
                "GET|1.1|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: c2hvcnQ=",
                "GET|1.1|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: ##############################",
                "GET|1.1|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|KEY|KEY",
                // wrong method or version of HTTP
                "POST|1.1|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|KEY|Content-Length: 0",
                "GET|1.0|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|KEY",
                // a body
                "GET|1.1|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|KEY|Content-Length: 5||hello",
                "GET|1.1|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|KEY|Transfer-Encoding: chunked||0||",
                // two upgrades, or another one
                "GET|1.1|Connection: Upgrade|Upgrade: websocket|Upgrade: websocket|Sec-WebSocket-Version: 13|KEY",
                "GET|1.1|Connection: Upgrade|Upgrade: websocket|Upgrade: h2c|Sec-WebSocket-Version: 13|KEY",
                "GET|1.1|Connection: Upgrade|Upgrade: websocket, h2c|Sec-WebSocket-Version: 13|KEY",
                "GET|1.1|Connection: Upgrade|Upgrade: h2c|Sec-WebSocket-Version: 13|KEY",
                "GET|1.1|Connection: Upgrade|Upgrade: h2c",
                // not said to be hop-by-hop
                "GET|1.1|Upgrade: websocket|Sec-WebSocket-Version: 13|KEY",
                "GET|1.1|Connection: keep-alive|Upgrade: websocket|Sec-WebSocket-Version: 13|KEY",
                "GET|1.1|Connection: Upgrade|Sec-WebSocket-Version: 13|KEY"
            })
    void handshake_is_refused_when_it_is_bad(String lines) throws Exception {
        assertEquals(400, statusOf(lines));
        assertEquals(0, upstream.count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|Sec-WebSocket-Version: 8", "|Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 8"})
    void handshake_is_told_the_version_when_it_has_another(String version) throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(request("/open/socket", "GET|1.1|Connection: Upgrade|Upgrade: websocket|KEY" + version));
        String head = client.head();
        assertEquals("426", head.split(" ", 3)[1]);
        assertEquals("13", RawSocket.field(head, "Sec-WebSocket-Version"));
        assertEquals("websocket", RawSocket.field(head, "Upgrade"));
        assertEquals(0, upstream.count());
    }

    private int statusOf(String lines) throws IOException {
        RawSocket client = RawSocket.to(gate.port());
        client.send(request("/open/socket", lines));
        return client.status();
    }

    private static String request(String path, String lines) {
        String[] parts =
                lines.replace("KEY", "Sec-WebSocket-Key: " + RawSocket.KEY).split("\\|", 3);
        String fields = parts[2].replace("|", "\r\n");
        return parts[0] + " " + path + " HTTP/" + parts[1] + "\r\nHost: gate.example\r\n" + fields
                + (fields.contains("\r\n\r\n") ? "" : "\r\n\r\n");
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

    @Test
    void offer_is_passed_over_when_an_ordinary_request_makes_it() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(request(
                "/open/page", "GET|1.1|Connection: Upgrade, HTTP2-Settings|Upgrade: h2c|HTTP2-Settings: AAMAAABk"));
        RawSocket server = upstream.next();
        String asked = server.head();
        assertEquals("", RawSocket.field(asked, "Upgrade") + RawSocket.field(asked, "HTTP2-Settings"));
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertEquals(200, client.status());
    }

    @Test
    void close_frame_goes_to_both_ends_when_the_gate_stops_between_frames() throws Exception {
        Ends ends = open();
        byte[] question = RawSocket.text(true, "question");
        byte[] answer = RawSocket.text(false, "answer");
        ends.client.send(question);
        ends.server.bytes(question.length);
        ends.server.send(answer);
        ends.client.bytes(answer.length);
        Thread stopping = new Thread(gate::close);
        stopping.start();
        assertArrayEquals(RawSocket.close(false, 1001), ends.client.bytes(4));
        assertTrue(ends.client.isAtEnd());
        ByteBuffer masked = ByteBuffer.wrap(ends.server.bytes(8));
        assertEquals((short) 0x8882, masked.getShort());
        int mask = masked.getInt();
        assertEquals((short) 1001, (short) (masked.getShort() ^ (mask >>> 16)));
        assertTrue(ends.server.isAtEnd());
        ends.client.close();
        ends.server.close();
        stopping.join();
    }

    @Test
    void no_frame_is_put_in_when_the_gate_stops_within_one() throws Exception {
        Ends ends = open();
        byte[] question = RawSocket.text(true, "question");
        ends.client.send(Arrays.copyOf(question, 9));
        ends.server.bytes(9);
        ends.server.send(new byte[] {(byte) 0x81});
        ends.client.bytes(1);
        Thread stopping = new Thread(gate::close);
        stopping.start();
        assertTrue(ends.client.isAtEnd());
        assertTrue(ends.server.isAtEnd());
        ends.client.close();
        ends.server.close();
        stopping.join();
    }
}
