package io.pingate.servlet.proxy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.page.Audience;
import io.pingate.servlet.page.Dress;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.page.Facts;
import io.pingate.servlet.proxy.GateKind;
import io.pingate.servlet.proxy.RawSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy asks of a container, on the bytes that the client sends and gets. */
@ParameterizedClass
@MethodSource("io.pingate.servlet.proxy.GateKind#underTest")
class ClientExchangeTest extends ClientExchangeFixture {
    ClientExchangeTest(GateKind kind) {
        super(kind);
    }

    @Test
    void trailers_follow_the_body_when_client_takes_them() throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.1", "TE: gzip, Trailers");
        assertTrue(exchange.takesTrailers());
        exchange.head(200, HeaderFields.NONE);
        write(exchange, "hello");
        exchange.trailers(sink -> {
            sink.accept("X-Sum", "1");
            sink.accept("X-Other", "a b");
        });
        exchange.complete();
        assertTrue(client.head().contains("ransfer-Encoding: chunked"));
        assertEquals("hello", chunk());
        assertEquals("", chunk());
        String trailers = client.head();
        assertEquals("1", RawSocket.field(trailers, "X-Sum"));
        assertEquals("a b", RawSocket.field(trailers, "X-Other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-None: 1", "TE: gzip"})
    void trailers_stay_away_when_client_does_not_take_them(String line) throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.1", line);
        assertFalse(exchange.takesTrailers());
        exchange.head(200, HeaderFields.NONE);
        write(exchange, "hello");
        exchange.trailers(sink -> sink.accept("X-Sum", "1"));
        exchange.complete();
        client.head();
        assertEquals("hello", chunk());
        assertEquals("", chunk());
        assertEquals("\r\n", client.text(2));
    }

    @Test
    void trailers_stay_away_when_body_has_a_length() throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.1", "TE: trailers");
        exchange.head(200, sink -> sink.accept("Content-Length", "5"));
        write(exchange, "hello");
        exchange.trailers(sink -> sink.accept("X-Sum", "1"));
        exchange.complete();
        assertEquals("5", RawSocket.field(client.head(), "Content-Length"));
        assertEquals("hello", client.text(5));
        assertNextIsAnswered();
    }

    @Test
    void trailers_are_not_asked_for_when_client_speaks_http_1_0() throws Exception {
        assertFalse(begin("GET / HTTP/1.0", "TE: trailers").takesTrailers());
    }

    /** Line by line readers would get each event one late. */
    @Test
    void chunk_is_whole_when_the_next_is_not_written_yet() throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.1");
        exchange.head(200, HeaderFields.NONE);
        for (String event : List.of("data: 1\n\n", "data: 2\n\n", "x".repeat(100_000))) {
            write(exchange, event);
            if (event.equals("data: 1\n\n")) {
                client.head();
            }
            StringBuilder got = new StringBuilder();
            while (got.length() < event.length()) {
                got.append(chunk());
            }
            assertEquals(event, got.toString());
        }
        exchange.complete();
        assertEquals("", chunk());
        assertEquals("\r\n", client.text(2));
        assertNextIsAnswered();
    }

    @Test
    void connection_ends_with_an_answer_of_the_gates_own_when_the_request_is_still_being_sent() throws Exception {
        ClientExchange exchange = beginPost();
        Audience program = Audience.program("POST", "/");
        exchange.answer(new ErrorPages(new Dress(Facts.NONE)).answer(program, 502, "no"));
        String head = client.head();
        assertTrue(head.startsWith("HTTP/1.1 502 "), head);
        assertEquals("close", RawSocket.field(head, "Connection"));
        assertTrue(client.text(Integer.parseInt(RawSocket.field(head, "Content-Length")))
                .contains("no"));
    }

    private ClientExchange beginPost() throws Exception {
        client.send("POST / HTTP/1.1\r\nHost: gate.test\r\nContent-Length: 10\r\n\r\n");
        return exchanges.next();
    }

    @Test
    void body_ends_with_the_connection_when_client_speaks_http_1_0() throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.0");
        exchange.head(200, HeaderFields.NONE);
        write(exchange, "hello");
        exchange.complete();
        assertEquals("", RawSocket.field(client.head(), "Transfer-Encoding"));
        assertEquals("hello", client.text(5));
        assertTrue(client.isAtEnd());
    }

    @Test
    void interim_responses_pass_when_client_speaks_http_1_1() throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.1");
        exchange.interim(102, HeaderFields.NONE);
        exchange.interim(103, sink -> {
            sink.accept("Link", "</a.css>; rel=preload");
            sink.accept("Link", "</b.js>; rel=preload");
        });
        exchange.interim(104, sink -> sink.accept("Upload-Offset", "5"));
        // The Servlet API has no call for them.
        if (kind == GateKind.JETTY || kind == GateKind.HANDLER) {
            assertEquals("HTTP/1.1 102 Processing\r\n\r\n", client.head());
            String hints = client.head();
            assertTrue(hints.startsWith("HTTP/1.1 103 "), hints);
            assertEquals("</a.css>; rel=preload | </b.js>; rel=preload", RawSocket.field(hints, "Link"));
            String resumption = client.head();
            assertTrue(resumption.startsWith("HTTP/1.1 104 "), resumption);
            assertEquals("5", RawSocket.field(resumption, "Upload-Offset"));
        }
        exchange.head(200, sink -> sink.accept("Content-Length", "2"));
        write(exchange, "ok");
        exchange.complete();
        String head = client.head();
        assertTrue(head.startsWith("HTTP/1.1 200"), head);
        assertEquals("", RawSocket.field(head, "Link"));
        assertEquals("ok", client.text(2));
        assertNextIsAnswered();
    }

    @Test
    void interim_responses_stay_away_when_client_speaks_http_1_0() throws Exception {
        ClientExchange exchange = begin("GET / HTTP/1.0");
        exchange.interim(103, sink -> sink.accept("Link", "</a.css>; rel=preload"));
        exchange.head(200, sink -> sink.accept("Content-Length", "2"));
        write(exchange, "ok");
        exchange.complete();
        assertTrue(client.head().contains(" 200"));
        assertEquals("ok", client.text(2));
    }

    @Test
    void request_trailers_are_told_when_the_last_chunk_was_read() throws Exception {
        ClientExchange exchange = begin("POST / HTTP/1.1", "Transfer-Encoding: chunked");
        ClientBody body = exchange.body();
        assertNotNull(body);
        client.send("5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n");
        assertEquals("hello", readWhole(body));
        assertTrue(body.isConsumed());
        assertEquals("1", body.trailers().first("X-Sum"));
        assertAnswered(exchange);
    }

    @Test
    void body_is_consumed_when_its_last_byte_was_read() throws Exception {
        ClientExchange exchange = begin("POST / HTTP/1.1", "Content-Length: 5");
        ClientBody body = exchange.body();
        assertNotNull(body);
        client.send("hel");
        assertFalse(body.isConsumed());
        client.send("lo");
        assertEquals("hello", readWhole(body));
        assertTrue(body.isConsumed());
        assertNull(body.failure());
        assertEquals(List.of(), lines(body.trailers()));
        assertAnswered(exchange);
        assertNextIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 99", "Transfer-Encoding: chunked"})
    void body_has_no_end_when_its_exchange_was_ended_before(String framing) throws Exception {
        ClientExchange exchange = begin("POST / HTTP/1.1", framing);
        ClientBody body = exchange.body();
        assertNotNull(body);
        client.send("5\r\nhello\r\n");
        next(body).release();
        exchange.head(200, HeaderFields.NONE);
        exchange.complete();
        client.head();
        Content.Chunk chunk = next(body);
        assertTrue(Content.Chunk.isFailure(chunk), chunk::toString);
        assertFalse(body.isConsumed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 99", "Transfer-Encoding: chunked"})
    void body_fails_when_client_leaves_within_it(String framing) throws Exception {
        ClientExchange exchange = begin("POST / HTTP/1.1", framing);
        ClientBody body = exchange.body();
        assertNotNull(body);
        client.send("5\r\nhel");
        client.socket.shutdownOutput();
        Content.Chunk chunk = next(body);
        while (!Content.Chunk.isFailure(chunk)) {
            assertFalse(chunk.isLast(), chunk::toString);
            chunk.release();
            chunk = next(body);
        }
        assertFalse(body.isConsumed());
        assertNotNull(body.failure());
    }

    private static String readWhole(ClientBody body) throws Exception {
        StringBuilder text = new StringBuilder();
        while (true) {
            Content.Chunk chunk = next(body);
            assertFalse(Content.Chunk.isFailure(chunk), chunk::toString);
            text.append(StandardCharsets.ISO_8859_1.decode(chunk.getByteBuffer()));
            chunk.release();
            if (chunk.isLast()) {
                return text.toString();
            }
        }
    }

    private static Content.Chunk next(ClientBody body) throws Exception {
        for (Content.Chunk chunk = body.read(); ; chunk = body.read()) {
            if (chunk != null) {
                return chunk;
            }
            CompletableFuture<Void> readable = new CompletableFuture<>();
            body.demand(() -> readable.complete(null));
            readable.get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> lines(HeaderFields fields) {
        List<String> lines = new ArrayList<>();
        fields.forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }
}
