package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireBody;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract sections 4 and 5: nothing of a message is held back, dropped or made up, and a cut is seen as one. */
abstract class WholenessContract extends GateContract {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    WholenessContract(Stage stage) {
        super(stage);
    }

    @Test
    void chunk_reaches_client_with_its_line_end_when_nothing_follows_yet() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/events"));
            Exchange exchange = upstream.next();
            exchange.send(CHUNKED + "9\r\ndata: 1\n\n\r\n");
            client.in().head();
            assertEquals("9\r\ndata: 1\n\n\r\n", client.in().exactly(14));
            exchange.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
            assertEquals("9\r\ndata: 2\n\n\r\n0\r\n\r\n", client.in().exactly(19));
            exchange.done();
        }
    }

    @Test
    void chunk_reaches_upstream_with_its_line_end_when_nothing_follows_yet() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/lines", "Transfer-Encoding: chunked") + "5\r\nline\n\r\n");
            Exchange exchange = upstream.next();
            assertEquals("5\r\nline\n\r\n", exchange.in().exactly(10));
            client.send("0\r\n\r\n");
            assertEquals("0\r\n\r\n", exchange.in().exactly(5));
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    /** RFC 9112 section 6.3: where only a close ends a body, a cut looks like the end. nginx asks for it by default. */
    @Test
    void body_keeps_its_chunks_when_client_asks_for_a_close() throws Exception {
        upstream.answer(CHUNKED + "5\r\nhello\r\n0\r\n\r\n");
        WireResponse answer = ask(signedIn("GET", "/", "Connection: close"));
        assertTrue(answer.head().isChunked(), answer.head()::text);
        assertEquals("hello", answer.text());
        assertTrue(answer.body().complete());
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-alive", "close"})
    void cut_is_seen_when_client_asks_for(String connection) throws Exception {
        upstream.play(exchange -> exchange.send(CHUNKED + "5\r\nhello\r\n").close());
        WireResponse answer = ask(signedIn("GET", "/", "Connection: " + connection));
        assertTrue(answer.status() == 502 || !answer.body().complete(), answer.head()::text);
    }

    /** RFC 9110 section 15.2: a proxy must forward them. */
    @ParameterizedTest
    @ValueSource(strings = {"102 Processing\r\n", "103 Early Hints\r\nLink: </a.css>; rel=preload\r\n"})
    void interim_response_passes_when_upstream_sends(String interim) throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/"));
            Exchange exchange = upstream.next();
            exchange.send("HTTP/1.1 " + interim + "\r\n");
            WireHead head = client.response().head();
            assertEquals(interim.substring(0, 3), String.valueOf(head.status()));
            assertEquals(interim.contains("Link"), head.has("Link"), head::text);
            exchange.send(RawUpstream.OK).done();
            assertEquals("ok", client.response().text());
        }
    }

    @Test
    void interim_response_is_not_for_a_client_of_http_1_0() throws Exception {
        upstream.answer("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + RawUpstream.OK);
        assertEquals(
                200, ask(signedIn("GET", "/").replace("HTTP/1.1", "HTTP/1.0")).status());
    }

    @Test
    void trailers_reach_client_when_it_takes_them() throws Exception {
        upstream.answer(CHUNKED + "5\r\nhello\r\n0\r\nX-Sum: 1\r\nSet-Cookie: a=b\r\nContent-Length: 7\r\n\r\n");
        WireResponse answer = ask(signedIn("GET", "/", "TE: trailers"));
        assertEquals("x-sum: 1", answer.body().trailers().strip().toLowerCase(java.util.Locale.ROOT));
        assertEquals("hello", answer.text());
        WireHead asked = upstream.next().head();
        assertEquals(List.of("trailers"), asked.all("TE"));
        assertEquals(List.of("TE"), asked.all("Connection"));
    }

    @Test
    void trailers_are_dropped_when_client_takes_none() throws Exception {
        upstream.answer(CHUNKED + "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n");
        WireResponse answer = ask(signedIn("GET", "/"));
        assertEquals("", answer.body().trailers());
        assertTrue(answer.body().complete());
        assertFalse(upstream.next().head().has("TE"));
    }

    @Test
    void trailers_reach_upstream_but_none_that_says_who_is_signed_in() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/", "Transfer-Encoding: chunked", "Trailer: X-Sum")
                    + "5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-Trusted-User-Email: eve@evil.test\r\nX_Trusted_User_Email: eve\r\n"
                    + "Content-Length: 3\r\nAuthorization: x\r\n\r\n");
            Exchange exchange = upstream.next();
            WireBody body = exchange.body();
            assertEquals("hello", body.text());
            assertEquals("x-sum: 1", body.trailers().strip().toLowerCase(java.util.Locale.ROOT));
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    /** Small devices pad the sizes of chunks. What can't be read is no empty success. */
    @Test
    void answer_is_never_an_empty_success_when_chunk_sizes_are_padded() throws Exception {
        upstream.answer(CHUNKED + "5   \r\nhello\r\n0   \r\n\r\n");
        WireResponse answer = ask(signedIn("GET", "/"));
        assertTrue(answer.status() == 502 || answer.text().equals("hello"), answer.head()::text);
    }

    @Test
    void connection_says_that_it_closes_when_answer_comes_before_the_body() throws Exception {
        upstream.play(exchange -> exchange.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"));
        WireResponse answer = ask(signedIn("POST", "/", "Content-Length: 50000") + "begun");
        assertEquals(413, answer.status());
        assertEquals("close", answer.head().first("Connection").orElse(""));
    }

    /** The clock of PINGATE_UPSTREAM_TIMEOUT runs while it is the upstream's turn. */
    @Test
    void upload_that_pauses_longer_than_the_upstream_timeout_goes_on() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/", "Content-Length: 5") + "hel");
            Exchange exchange = upstream.next();
            assertEquals("hel", exchange.in().exactly(3));
            exchange.in().within(Stage.UPSTREAM_TIMEOUT.plusSeconds(2));
            assertTrue(isSilent(exchange), "nothing comes, and nothing ends");
            client.send("lo");
            assertEquals("lo", exchange.in().exactly(2));
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    private static boolean isSilent(Exchange exchange) throws Exception {
        try {
            exchange.in().exactly(1);
            return false;
        } catch (java.net.SocketTimeoutException silence) {
            return true;
        }
    }
}
