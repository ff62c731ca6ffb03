package io.pingate.blackbox;

import static io.pingate.blackbox.RequestHeaderContract.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireBody.Framing;
import io.pingate.testing.WireResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: a connection that ends with its answer says so, and its answer has an end of its own. */
abstract class ConnectionEndContract extends GateContract {
    ConnectionEndContract(Stage stage) {
        super(stage);
    }

    /** nginx asks so, unless it is told otherwise (RFC 9112 section 6.3). */
    @ParameterizedTest
    @CsvSource({
        "Content-Length: 5, hello, LENGTH",
        "Transfer-Encoding: chunked, '5\r\nhello\r\n0\r\n\r\n', CHUNKED",
        "X-Until: the end, hello, CHUNKED"
    })
    void body_has_a_framing_when_client_asks_for_the_end(String line, String body, Framing framing) throws Exception {
        upstream.play(exchange ->
                exchange.send("HTTP/1.1 200 OK\r\n" + line + "\r\n\r\n" + body).close());
        try (RawClient client = stage.client()) {
            WireResponse answer =
                    client.send(signedIn("GET", "/", "Connection: close")).response();
            assertEquals("close", only(answer.head(), "Connection"));
            assertEquals(framing, answer.body().framing());
            assertEquals("hello", answer.text());
            assertTrue(answer.body().complete());
            assertTrue(client.in().ended());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "keep-alive, Content-Length: 10, hello, LENGTH",
        "keep-alive, Transfer-Encoding: chunked, '5\r\nhello\r\n', CHUNKED",
        "close, Content-Length: 10, hello, LENGTH",
        "close, Transfer-Encoding: chunked, '5\r\nhello\r\n', CHUNKED",
        "close, Transfer-Encoding: chunked, '10\r\nhello', CHUNKED"
    })
    void cut_is_seen_when_client_asked_for(String option, String line, String start, Framing framing) throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/cut", "Connection: " + option));
            upstream.next()
                    .send("HTTP/1.1 200 OK\r\n" + line + "\r\n\r\n" + start)
                    .close();
            WireResponse answer = client.response();
            assertEquals(200, answer.status());
            assertEquals(framing, answer.body().framing());
            assertFalse(answer.body().complete(), "a body cut short must not look whole");
        }
        assertGoesOn();
    }

    @Test
    void early_answer_says_that_the_connection_ends_when_upload_is_under_way() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/large", "Content-Length: 1000") + "hello");
            Exchange exchange = upstream.next();
            exchange.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
            WireResponse answer = client.response();
            assertEquals(413, answer.status());
            assertEquals("close", only(answer.head(), "Connection"));
            assertEquals("no", answer.text());
            exchange.close();
        }
        assertGoesOn();
    }

    @Test
    void error_says_that_the_connection_ends_when_upload_is_under_way() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/large", "Content-Length: 1000") + "hello");
            Exchange exchange = upstream.next();
            assertEquals("hello", exchange.in().exactly(5));
            exchange.close();
            WireResponse answer = client.response();
            assertEquals(502, answer.status());
            assertEquals("close", only(answer.head(), "Connection"));
        }
        assertGoesOn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"})
    void connection_stays_when_upload_was_whole(String upload) throws Exception {
        try (RawClient client = stage.client()) {
            for (int i = 0; i < 3; i++) {
                // Its head brings its own empty line.
                String request = signedIn("POST", "/upload");
                client.send(request.substring(0, request.length() - 2) + upload);
                WireResponse answer = client.response();
                assertEquals("ok", answer.text());
                assertFalse(answer.head().has("Connection"), answer.head()::text);
            }
        }
    }
}
