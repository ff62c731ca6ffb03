package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.servlet.event.GateEvent;
import io.pingate.servlet.event.GateListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that reach no upstream. */
@ParameterizedClass
@MethodSource("io.pingate.servlet.proxy.GateKind#underTest")
class WebSocketRefusalTest extends WebSocketFixture {
    WebSocketRefusalTest(GateKind kind) {
        super(kind);
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

    @Test
    void refusal_is_told_when_a_page_of_another_host_asks() throws Exception {
        BlockingQueue<GateEvent> told = new LinkedBlockingQueue<>();
        settings.listeners().add(new GateListener() {
            @Override
            public void noted(GateEvent event) {
                told.add(event);
            }
        });
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket?a=b", "Origin: https://evil.example\r\n", "User-Agent: x/1\r\n"));
        assertEquals(403, client.status());

        GateEvent event = told.take();
        assertEquals(GateEvent.Kind.REFUSED, event.kind());
        assertEquals(
                "GET /open/socket x/1",
                event.from().method() + " " + event.from().path() + " "
                        + event.from().userAgent());
        assertEquals("127.0.0.1", event.from().client().toString());
        assertEquals(0, told.size());
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
        RawSocket client = RawSocket.to(gate.port());
        client.send(request("/open/socket", lines));
        String head = client.head();
        assertEquals("400", head.split(" ", 3)[1]);
        assertEquals("close", RawSocket.field(head, "Connection"));
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

    private static String request(String path, String lines) {
        String[] parts =
                lines.replace("KEY", "Sec-WebSocket-Key: " + RawSocket.KEY).split("\\|", 3);
        String fields = parts[2].replace("|", "\r\n");
        return parts[0] + " " + path + " HTTP/" + parts[1] + "\r\nHost: gate.example\r\n" + fields
                + (fields.contains("\r\n\r\n") ? "" : "\r\n\r\n");
    }
}
