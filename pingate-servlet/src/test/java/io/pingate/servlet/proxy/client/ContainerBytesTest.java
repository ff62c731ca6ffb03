package io.pingate.servlet.proxy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.proxy.GateKind;
import io.pingate.servlet.proxy.RawSocket;
import io.pingate.servlet.proxy.WebSocketFixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Servlet API has no way to, so that it holds only in the containers that the gate has ways of its own for. */
@ParameterizedClass
@MethodSource("io.pingate.servlet.proxy.GateKind#promised")
class ContainerBytesTest extends ClientExchangeFixture {
    ContainerBytesTest(GateKind kind) {
        super(kind);
    }

    /** Else the body's end is the connection's, and a cut looks like it. */
    @Test
    void body_is_chunked_when_the_connection_ends_with_it() throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.1", "Connection: close");
        exchange.head(200, HeaderFields.NONE);
        write(exchange, "hello");
        exchange.complete();
        assertChunkedAndClosed();
    }

    @Test
    void connection_ends_with_the_answer_when_the_request_is_still_being_sent() throws Exception {
        ClientExchange exchange = begin("POST / HTTP/1.1", "Content-Length: 10");
        exchange.head(413, HeaderFields.NONE);
        write(exchange, "hello");
        exchange.complete();
        assertChunkedAndClosed();
    }

    private void assertChunkedAndClosed() throws IOException {
        String head = client.head();
        assertEquals("chunked", RawSocket.field(head, "Transfer-Encoding"));
        assertEquals("close", RawSocket.field(head, "Connection"));
        assertEquals("hello", chunk());
        assertEquals("", chunk());
        assertEquals("\r\n", client.text(2));
        assertTrue(client.isAtEnd());
    }

    @Test
    void cut_is_seen_when_the_connection_was_to_end_anyway() throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.1", "Connection: close");
        exchange.head(200, HeaderFields.NONE);
        write(exchange, "hello");
        assertTrue(client.head().contains("ransfer-Encoding: chunked"));
        assertEquals("hello", chunk());
        exchange.abort(new IOException("cut"));
        assertTrue(WebSocketFixture.isOver(client));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/JSON",
                "text/html; charset=\"utf-8\"; x=\"a b\"",
                "text/plain;charset=UTF-8",
                "text/plain ;  charset=iso-8859-1",
                "multipart/form-data; boundary=--x",
                "nonsense"
            })
    void content_type_keeps_its_bytes_when_it_is(String type) throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.1");
        exchange.head(200, sink -> {
            sink.accept("Content-Type", type);
            sink.accept("Content-Length", "2");
        });
        write(exchange, "ok");
        exchange.complete();
        String head = client.head();
        assertEquals(type, RawSocket.field(head, "Content-Type"));
        assertEquals("2", RawSocket.field(head, "Content-Length"));
    }
}
