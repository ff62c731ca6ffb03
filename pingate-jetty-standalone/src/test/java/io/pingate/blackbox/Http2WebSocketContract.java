package io.pingate.blackbox;

import static io.pingate.blackbox.RequestHeaderContract.only;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.WireHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 5 over HTTP/2: a socket is one of its streams (RFC 8441), for the upstream one like all others. */
abstract class Http2WebSocketContract extends GateContract {
    private static final int SETTINGS_ENABLE_CONNECT_PROTOCOL = 8;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    Http2WebSocketContract(Stage stage) {
        super(stage);
    }

    @Test
    void extended_connect_is_announced() throws Exception {
        try (WireHttp2 client = connect()) {
            WireHttp2.Frame settings = client.next();
            assertEquals(WireHttp2.SETTINGS, settings.type());
            ByteBuffer values = ByteBuffer.wrap(settings.payload());
            boolean announced = false;
            while (values.hasRemaining()) {
                short setting = values.getShort();
                int value = values.getInt();
                announced |= setting == SETTINGS_ENABLE_CONNECT_PROTOCOL && value == 1;
            }
            assertTrue(announced);
        }
    }

    @Test
    void handshake_passes_when_signed_in() throws Exception {
        upstream.byHand();
        try (WireHttp2 client = connect()) {
            client.headers(
                    1,
                    false,
                    handshake(
                            "origin", "http://gate.test",
                            "cookie", "a=1",
                            "sec-websocket-protocol", "chat, super",
                            "sec-websocket-extensions", "permessage-deflate",
                            "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==",
                            "x-trusted-user-email", "root@evil.test"));
            Exchange exchange = upstream.next();
            WireHead up = exchange.head();
            assertEquals("GET /socket?a=%2Fb HTTP/1.1", up.startLine());
            assertEquals("websocket", only(up, "Upgrade"));
            assertEquals("Upgrade", only(up, "Connection"));
            assertEquals("13", only(up, "Sec-WebSocket-Version"));
            assertEquals(16, Base64.getDecoder().decode(only(up, "Sec-WebSocket-Key")).length);
            assertFalse(only(up, "Sec-WebSocket-Key").equals("dGhlIHNhbXBsZSBub25jZQ=="), "a key of the gate's own");
            assertEquals("chat, super", only(up, "Sec-WebSocket-Protocol"));
            assertEquals("permessage-deflate", only(up, "Sec-WebSocket-Extensions"));
            assertEquals("http://gate.test", only(up, "Origin"));
            assertEquals("gate.test", only(up, "Host"));
            assertEquals("a=1", only(up, "Cookie"));
            assertFalse(up.has("Transfer-Encoding") || up.has("Content-Length"), up::text);
            assertEquals(Stage.EMAIL, only(up, "X-Trusted-User-Email"));
            exchange.send(switched(up, "Sec-WebSocket-Protocol: super", "Set-Cookie: ws=1"));

            WireHttp2.Frame head = client.next(1);
            assertFalse(head.ends());
            MetaData.Response answer = (MetaData.Response) client.decode(head);
            assertEquals(200, answer.getStatus());
            HttpFields down = answer.getHttpFields();
            assertEquals("super", down.get("Sec-WebSocket-Protocol"));
            assertEquals("ws=1", down.get("Set-Cookie"));
            for (String name : new String[] {"Upgrade", "Connection", "Sec-WebSocket-Accept", "Content-Length"}) {
                assertNull(down.get(name), name);
            }
            exchange.close();
        }
    }

    @Test
    void bytes_pass_both_ways_when_the_tunnel_is_open() throws Exception {
        try (WireHttp2 client = connect()) {
            Exchange exchange = open(client, 1);
            for (int i = 0; i < 100; i++) {
                String up = "\u0081\u0085\0\0\0\0up" + (char) i;
                client.data(1, false, up.getBytes(ISO_8859_1));
                assertEquals(up, exchange.in().exactly(up.length()));
                String down = "\u0089\0down\u00ff\r\n\r\n" + (char) i;
                exchange.send(down);
                assertEquals(down, read(client, 1, down.length()));
            }
            exchange.close();
        }
    }

    @Test
    void streams_do_not_mix_when_there_are_two_on_one_connection() throws Exception {
        try (WireHttp2 client = connect()) {
            Exchange first = open(client, 1);
            Exchange second = open(client, 3);
            client.data(3, false, "three".getBytes(ISO_8859_1));
            client.data(1, false, "one".getBytes(ISO_8859_1));
            assertEquals("one", first.in().exactly(3));
            assertEquals("three", second.in().exactly(5));
            first.send("to one");
            assertEquals("to one", read(client, 1, 6));
            second.send("to three");
            assertEquals("to three", read(client, 3, 8));
            first.close();
            second.close();
        }
    }

    /** Flow control holds the upstream up, and lets it go on. */
    @Test
    void large_answer_is_whole_when_client_opens_its_window_bit_by_bit() throws Exception {
        int size = 1_000_000;
        try (WireHttp2 client = connect()) {
            Exchange exchange = open(client, 1);
            exchange.send(new byte[size]);
            for (int read = 0; read < size; ) {
                int length = client.next(1).payload().length;
                read += length;
                client.open(0, length);
                client.open(1, length);
            }
            exchange.close();
        }
    }

    @Test
    void stream_ends_when_upstream_closes() throws Exception {
        try (WireHttp2 client = connect()) {
            Exchange exchange = open(client, 1);
            exchange.send("bye");
            exchange.close();
            assertEquals("bye", read(client, 1, 3));
            assertTrue(client.next(1).ends());
        }
    }

    @Test
    void upstream_reads_the_end_and_may_still_answer_when_client_ends_its_half() throws Exception {
        try (WireHttp2 client = connect()) {
            Exchange exchange = open(client, 1);
            client.data(1, true, "bye".getBytes(ISO_8859_1));
            assertEquals("bye", exchange.in().exactly(3));
            assertTrue(exchange.in().ended());
            exchange.send("good bye");
            assertEquals("good bye", read(client, 1, 8));
            exchange.close();
            assertTrue(client.next(1).ends());
        }
    }

    @Test
    void upstream_is_closed_when_client_resets_the_stream() throws Exception {
        try (WireHttp2 client = connect()) {
            Exchange exchange = open(client, 1);
            client.send(WireHttp2.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
            assertTrue(exchange.in().ended());
            exchange.close();
        }
    }

    /** RFC 8441 section 5. */
    @Test
    void stream_is_reset_when_upstream_is() throws Exception {
        try (WireHttp2 client = connect()) {
            open(client, 1).reset();
            WireHttp2.Frame frame = client.next(1);
            assertEquals(WireHttp2.RST_STREAM, frame.type(), frame::toString);
        }
    }

    @Test
    void upstream_handshake_is_given_up_when_client_goes_before_the_answer() throws Exception {
        upstream.byHand();
        try (WireHttp2 client = connect()) {
            client.headers(1, false, handshake());
            Exchange exchange = upstream.next();
            client.leave();
            assertTrue(exchange.in().ended());
            exchange.close();
        }
    }

    @Test
    void handshake_is_refused_when_there_is_no_cookie() throws Exception {
        List<String> fields = new ArrayList<>(List.of(handshake()));
        fields.subList(fields.indexOf("cookie"), fields.indexOf("cookie") + 2).clear();
        assertRefused(401, fields.toArray(String[]::new));
    }

    @Test
    void handshake_is_refused_when_its_origin_is_foreign() throws Exception {
        assertRefused(403, handshake("origin", "https://evil.test"));
    }

    @Test
    void handshake_is_refused_when_its_version_is_not_13() throws Exception {
        assertRefused(426, replaced(handshake(), "13", "8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect-udp", "websocket2", "h2c"})
    void connect_is_refused_when_its_protocol_is(String protocol) throws Exception {
        assertRefused(405, replaced(handshake(), "websocket", protocol));
    }

    @Test
    void refusal_passes_when_upstream_refuses() throws Exception {
        upstream.answer("HTTP/1.1 403 Forbidden\r\nX-Why: no\r\nContent-Length: 2\r\n\r\nno");
        try (WireHttp2 client = connect()) {
            client.headers(1, false, handshake());
            MetaData.Response answer = (MetaData.Response) client.decode(client.next(1));
            assertEquals(403, answer.getStatus());
            assertEquals("no", answer.getHttpFields().get("X-Why"));
            assertEquals("no", read(client, 1, 2));
        }
        assertGoesOn();
    }

    @Test
    void answer_is_502_when_the_101_proves_nothing() throws Exception {
        upstream.play(exchange -> exchange.send(WebSocketContract.SWITCHED).awaitDone());
        try (WireHttp2 client = connect()) {
            client.headers(1, false, handshake());
            assertEquals(502, client.status(1));
        }
        assertGoesOn();
    }

    private WireHttp2 connect() throws IOException {
        return new WireHttp2(stage.gate());
    }

    private void assertRefused(int status, String... fields) throws Exception {
        try (WireHttp2 client = connect()) {
            client.headers(1, false, fields);
            assertEquals(status, client.status(1));
        }
        assertTrue(upstream.heardNothing());
    }

    private Exchange open(WireHttp2 client, int stream) throws Exception {
        upstream.byHand();
        client.headers(stream, false, handshake());
        Exchange exchange = upstream.next();
        exchange.send(switched(exchange.head()));
        assertEquals(200, client.status(stream));
        return exchange;
    }

    private static String read(WireHttp2 client, int stream, int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < length) {
            WireHttp2.Frame frame = client.next(stream);
            assertEquals(WireHttp2.DATA, frame.type(), frame::toString);
            bytes.writeBytes(frame.payload());
        }
        return bytes.toString(ISO_8859_1);
    }

    private String[] handshake(String... more) {
        List<String> fields = new ArrayList<>(
                List.of(":method", "CONNECT", ":protocol", "websocket", ":scheme", "http", ":path", "/socket?a=%2Fb"));
        fields.addAll(List.of(":authority", "gate.test", "sec-websocket-version", "13", "cookie", stage.cookie()));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    private static String[] replaced(String[] fields, String value, String by) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.set(all.indexOf(value), by);
        return all.toArray(String[]::new);
    }

    /** The 101 that this handshake asks for (RFC 6455 section 4.2.2). */
    private static String switched(WireHead handshake, String... more) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((only(handshake, "Sec-WebSocket-Key") + GUID).getBytes(ISO_8859_1));
        List<String> lines = new ArrayList<>(List.of(
                "HTTP/1.1 101 Switching Protocols",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash)));
        lines.addAll(List.of(more));
        return WireHead.of(lines.toArray(String[]::new));
    }
}
