package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireBody.Framing;
import io.pingate.testing.WireResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: every way to frame an answer keeps its meaning. */
abstract class ResponseFramingContract extends GateContract {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    ResponseFramingContract(Stage stage) {
        super(stage);
    }

    @Test
    void length_stays_when_upstream_gives_one() throws Exception {
        upstream.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        WireResponse answer = ask(signedIn("GET", "/"));
        assertEquals(List.of("5"), answer.head().all("Content-Length"));
        assertFalse(answer.head().has("Transfer-Encoding"));
        assertEquals("hello", answer.text());
    }

    @Test
    void chunks_stay_chunks_when_upstream_sends_them() throws Exception {
        upstream.answer(CHUNKED + "5;ext=\"a\"\r\nhello\r\n00006\r\n world\r\n0\r\n\r\n");
        WireResponse answer = ask(signedIn("GET", "/"));
        assertEquals("hello world", answer.text());
        assertEquals(Framing.CHUNKED, answer.body().framing());
        assertFalse(answer.head().has("Content-Length"));
        assertTrue(answer.body().complete());
    }

    @Test
    void body_is_whole_when_chunks_end_with_trailers() throws Exception {
        upstream.answer(CHUNKED + "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n");
        try (RawClient client = stage.client()) {
            WireResponse answer = client.send(signedIn("GET", "/")).response();
            assertEquals("hello", answer.text());
            assertTrue(answer.body().complete());
            upstream.forget();
            assertEquals("ok", client.send(signedIn("GET", "/")).response().text());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end",
                "HTTP/1.1 200 OK\r\n\r\nto the end",
                "HTTP/1.0 200 OK\r\n\r\nto the end",
                "HTTP/1.0 200 OK\r\nContent-Length: 10\r\n\r\nto the end",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 10\r\n\r\nto the end"
            })
    void body_is_whole_when_upstream_closes_behind(String response) throws Exception {
        upstream.play(exchange -> {
            exchange.body();
            exchange.send(response).close();
        });
        WireResponse answer = ask(signedIn("GET", "/"));
        assertTrue(answer.head().startLine().startsWith("HTTP/1.1 200"), answer.head()::startLine);
        assertEquals("to the end", answer.text());
        assertTrue(answer.body().complete());
    }

    @Test
    void body_is_delimited_by_close_when_client_speaks_http_1_0() throws Exception {
        upstream.answer(CHUNKED + "5\r\nhello\r\n0\r\n\r\n");
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/").replace("HTTP/1.1", "HTTP/1.0"));
            WireResponse answer = client.response();
            assertFalse(answer.head().has("Transfer-Encoding"), answer.head()::text);
            assertEquals("hello", answer.text());
            assertTrue(client.in().ended());
        }
        assertEquals("GET / HTTP/1.1", upstream.next().head().startLine());
    }

    @Test
    void connection_stays_when_an_http_1_0_client_asks_for_it() throws Exception {
        String request = signedIn("GET", "/", "Connection: keep-alive").replace("HTTP/1.1", "HTTP/1.0");
        try (RawClient client = stage.client()) {
            assertEquals("ok", client.send(request).response().text());
            assertEquals("ok", client.send(request).response().text());
        }
    }

    @Test
    void connection_is_closed_when_client_asks_for_it() throws Exception {
        try (RawClient client = stage.client()) {
            assertEquals(
                    "ok",
                    client.send(signedIn("GET", "/", "Connection: close"))
                            .response()
                            .text());
            assertTrue(client.in().ended());
        }
    }

    @ParameterizedTest
    @CsvSource({"204, No Content", "304, Not Modified"})
    void answer_has_no_body_when_status_is(int status, String reason) throws Exception {
        upstream.answer("HTTP/1.1 " + status + " " + reason + "\r\nETag: \"e\"\r\nCache-Control: max-age=1\r\n\r\n");
        try (RawClient client = stage.client()) {
            WireResponse answer =
                    client.send(signedIn("GET", "/", "If-None-Match: \"e\"")).response();
            assertEquals(status, answer.status());
            assertEquals("\"e\"", answer.head().first("ETag").orElse(""));
            assertFalse(answer.head().has("Transfer-Encoding"), answer.head()::text);
            assertFalse(answer.head().all("Content-Length").contains("0") && status == 204, answer.head()::text);
            upstream.forget();
            assertEquals("ok", client.send(signedIn("GET", "/")).response().text(), "the next one is in step");
        }
    }

    /** RFC 9110 section 8.6 forbids the length; upstreams that give one mean nothing by it. */
    @Test
    void answer_is_without_content_when_upstream_gives_a_204_a_length() throws Exception {
        upstream.answer("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n");
        try (RawClient client = stage.client()) {
            WireResponse answer = client.send(signedIn("GET", "/")).response();
            assertEquals(204, answer.status());
            assertFalse(answer.head().has("Content-Length"), answer.head()::text);
            upstream.forget();
            assertEquals("ok", client.send(signedIn("GET", "/")).response().text(), "the next one is in step");
        }
    }

    @Test
    void length_of_what_was_not_modified_passes_when_sent() throws Exception {
        upstream.answer("HTTP/1.1 304 Not Modified\r\nETag: \"e\"\r\nContent-Length: 1234\r\n\r\n");
        try (RawClient client = stage.client()) {
            assertEquals(304, client.send(signedIn("GET", "/")).response().status());
            upstream.forget();
            assertEquals("ok", client.send(signedIn("GET", "/")).response().text(), "the next one is in step");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1234", "Transfer-Encoding: chunked", "X-No-Framing: 1"})
    void answer_to_head_has_no_body_when_framed_by(String line) throws Exception {
        upstream.answer("HTTP/1.1 200 OK\r\nETag: \"e\"\r\n" + line + "\r\n\r\n");
        try (RawClient client = stage.client()) {
            WireResponse answer = client.send(signedIn("HEAD", "/")).responseToHead();
            assertEquals(200, answer.status());
            if (line.startsWith("Content-Length")) {
                assertEquals(List.of("1234"), answer.head().all("Content-Length"));
            } else {
                assertFalse(answer.head().has("Content-Length"), answer.head()::text);
            }
            upstream.forget();
            assertEquals("ok", client.send(signedIn("GET", "/")).response().text(), "the next one is in step");
        }
    }

    /** A connection's first request is as good as any other. */
    @Test
    void answer_to_head_has_no_body_when_its_connection_is_new() throws Exception {
        upstream.dropConnections();
        upstream.answer("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
        try (RawClient client = stage.client()) {
            WireResponse answer = client.send(signedIn("HEAD", "/")).responseToHead();
            assertEquals(List.of("1234"), answer.head().all("Content-Length"));
            upstream.forget();
            assertEquals("ok", client.send(signedIn("GET", "/")).response().text(), "the next one is in step");
        }
    }

    @Test
    void partial_content_passes_when_a_range_is_asked() throws Exception {
        upstream.answer("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/1234\r\nAccept-Ranges: bytes\r\n"
                + "Content-Length: 5\r\n\r\nhello");
        WireResponse answer = ask(signedIn("GET", "/", "Range: bytes=0-4"));
        assertEquals(206, answer.status());
        assertEquals("bytes 0-4/1234", answer.head().first("Content-Range").orElse(""));
        assertEquals(List.of("5"), answer.head().all("Content-Length"));
        assertEquals("hello", answer.text());
    }

    static Stream<Arguments> encodedBodies() {
        return Stream.of(
                Arguments.of("gzip", "\u001f\u008b\b\0\0\0\0\0\0\u0003KL\u0004\0"),
                Arguments.of("br", "\u000b\u0002\u0080hello\u0003"),
                Arguments.of("zstd", "(\u00b5/\u00fd\u0004XA\0\0abc"),
                Arguments.of("deflate", "x\u009cK\u0004\0\0b\0b"),
                Arguments.of("gzip, br", "\u001f\u008bnot really"));
    }

    @ParameterizedTest
    @MethodSource("encodedBodies")
    void encoded_bytes_are_untouched_when_upstream_compressed_them(String coding, String bytes) throws Exception {
        upstream.answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: " + coding
                + "\r\nContent-Length: " + bytes.length() + "\r\n\r\n" + bytes);
        WireResponse answer = ask(signedIn("GET", "/", "Accept-Encoding: gzip, br, zstd"));
        assertEquals(coding, answer.head().first("Content-Encoding").orElse(""));
        assertEquals(List.of(String.valueOf(bytes.length())), answer.head().all("Content-Length"));
        assertEquals(bytes, answer.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 104 Upload Resumption Supported\r\nLocation: /u/1\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 199 Whatever\r\n\r\n"
            })
    void final_answer_arrives_when_an_interim_one_came_first(String interim) throws Exception {
        upstream.answer(interim + interim + RawUpstream.OK);
        try (RawClient client = stage.client()) {
            WireResponse answer = client.send(signedIn("GET", "/")).response();
            while (answer.status() < 200) {
                answer = client.response();
            }
            assertEquals(200, answer.status());
            assertEquals("ok", answer.text());
        }
    }

    /** The coding would be taken off the head and left on the body. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "identity", "chunked, chunked", "xchunked"})
    void answer_is_refused_when_upstream_codes_its_transfer(String coding) throws Exception {
        upstream.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + coding + "\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
        assertEquals(502, ask(signedIn("GET", "/")).status());
    }

    @Test
    void answers_keep_their_order_when_requests_are_pipelined() throws Exception {
        upstream.play(exchange -> {
            String target = exchange.head().target();
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + target.length() + "\r\n\r\n" + target);
        });
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/one") + signedIn("GET", "/two") + signedIn("GET", "/three"));
            assertEquals("/one", client.response().text());
            assertEquals("/two", client.response().text());
            assertEquals("/three", client.response().text());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 299, 300, 301, 307, 400, 401, 403, 404, 405, 418, 429, 451, 500, 503, 599})
    void status_and_body_pass_when_upstream_decides(int status) throws Exception {
        upstream.answer(
                "HTTP/1.1 " + status + " Own Words\r\nContent-Type: text/x-own\r\nContent-Length: 4\r\n\r\nbody");
        WireResponse answer = ask(signedIn("GET", "/", "Accept: text/html"));
        assertEquals(status, answer.status());
        assertEquals("text/x-own", answer.head().first("Content-Type").orElse(""));
        assertEquals("body", answer.text());
    }
}
