package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireBody;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract section 4: a body's end is counted, never believed.
 *
 * <p>Some of it is a race, which is run often enough to be lost by whoever can lose it.
 */
abstract class BodyEndContract extends GateContract {
    private static final int TRIES = 200;
    /** A body that becomes a request of a trusted user's, where the bytes in front of it are missing to another body. */
    private static final String REQUEST_IN_A_BODY = "\r\n".repeat(2_000)
            + "GET /admin HTTP/1.1\r\nHost: gate.test\r\nX-Trusted-User-Email: root@evil.test\r\n\r\n";

    private static final String UPLOAD = "u".repeat(3_000);

    /** What the upstream has taken for a request or for the body of one, and is none of them. */
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    BodyEndContract(Stage stage) {
        super(stage);
    }

    /** Issue 9: the answer to the second request was the private page. */
    @Test
    void next_request_is_not_the_rest_of_an_upload_when_that_was_answered_early() throws Exception {
        upstream.play(this::answerAtOnce);
        for (int i = 0; i < TRIES; i++) {
            try (RawClient upload = stage.client();
                    RawClient second = stage.client()) {
                String head = stranger("POST", "/hook/upload", "Content-Length: " + UPLOAD.length());
                upload.send(head + UPLOAD.substring(0, 100));
                trickle(upload);
                second.send(stranger("POST", "/hook/second", "Content-Length: " + REQUEST_IN_A_BODY.length())
                        + REQUEST_IN_A_BODY);
                WireResponse early = upload.response();
                WireResponse answer = RequestFramingContract.finalAnswer(second);
                assertEquals(List.of(), List.copyOf(wrong), "at try " + i);
                assertEquals("/hook/upload", early.text());
                assertEquals("/hook/second", answer.text());
            }
        }
    }

    /** A last chunk would tell the upstream that a broken upload is whole. */
    @Test
    void upload_has_no_last_chunk_when_answered_early_and_broken_off() throws Exception {
        upstream.play(this::answerAtOnce);
        for (int i = 0; i < TRIES; i++) {
            try (RawClient upload = stage.client()) {
                upload.send(stranger("POST", "/hook/upload", "Transfer-Encoding: chunked") + "64\r\n");
                upload.send(UPLOAD.substring(0, 40)).send(UPLOAD.substring(40, 100) + "\r\n");
                assertEquals("/hook/upload", upload.response().text());
            } catch (SocketException closed) {
                // A container may have answered and closed before the upload was sent (README, Limits).
            }
            assertEquals(List.of(), List.copyOf(wrong), "at try " + i);
        }
    }

    /** RFC 9112 section 6.3: a request without a framing has no body, so that what follows is the next one. */
    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "DELETE", "GET", "OPTIONS", "PROPFIND", "QUERY"})
    void body_is_framed_when_it_has_no_length_and_method_is(String method) throws Exception {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        upstream.play(exchange -> {
            bodies.add(exchange.body().text());
            exchange.send(RawUpstream.OK);
        });
        String body = SmugglingContract.SMUGGLED;
        String chunks = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        assertEquals(
                200,
                ask(stranger(method, "/hook/x", "Transfer-Encoding: chunked") + chunks)
                        .status());
        assertEquals("/hook/x", upstream.next().head().target());
        assertEquals(200, ask(signedIn("GET", "/after")).status());
        assertEquals("/after", upstream.next().head().target());
        assertEquals(List.of(body, ""), List.copyOf(bodies));
    }

    /** What came behind the answer would be the answer to somebody else's request. */
    @Test
    void connection_is_not_used_again_when_more_came_than_the_answer() throws Exception {
        // None is left that another test has used.
        upstream.retireConnections();
        upstream.answer(RawUpstream.OK + "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nstranger");
        assertEquals("ok", ask(signedIn("GET", "/first")).text());
        int before = upstream.accepted();
        upstream.forget();
        assertEquals("ok", ask(signedIn("GET", "/second")).text());
        assertEquals(before + 1, upstream.accepted());
    }

    /** Whoever looks meanwhile whether the client is still there must not lose what it finds. */
    @Test
    void body_is_whole_when_its_request_came_behind_one_that_was_answered_late() throws Exception {
        upstream.byHand();
        String body = "0123456789".repeat(10_000);
        try (RawClient client = stage.client()) {
            client.send("GET /hook/x HTTP/1.1\r\nHost: a\r\n\r\n"
                    + stranger("POST", "/hook/y", "Content-Length: " + body.length()) + body);
            Exchange late = upstream.next();
            late.in().within(Duration.ofMillis(1_500));
            assertThrows(SocketTimeoutException.class, () -> late.in().ended());
            late.send(RawUpstream.OK).done();
            assertEquals("ok", client.response().text());
            Exchange second = upstream.next();
            assertEquals(body, second.body().text());
            second.send(RawUpstream.OK).done();
            assertEquals("ok", client.response().text());
        }
    }

    /** RFC 9112 section 8: a reset is not the close that ends such an answer. */
    @Test
    void answer_is_cut_short_when_one_without_a_length_is_reset() throws Exception {
        upstream.play(exchange -> {
            exchange.send("HTTP/1.1 200 OK\r\n\r\nthe first half");
            exchange.awaitDone();
            exchange.reset();
        });
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/"));
            WireHead head = client.in().head();
            upstream.next().done();
            WireBody body = client.in().responseBody(head, false);
            assertTrue(body.text().startsWith("the first half"), body::text);
            assertFalse(body.complete(), body::text);
        }
    }

    private static void trickle(RawClient upload) {
        try {
            upload.send(UPLOAD.substring(100, 200)).send(UPLOAD.substring(200, 300));
        } catch (IOException e) {
            // Answered, and closed: as good an end of it as any.
            return;
        }
    }

    /** As a server that doesn't need the body, yet reads it to its end to keep the connection. */
    private void answerAtOnce(Exchange exchange) throws IOException {
        if (!exchange.head().text().matches("(?s)[A-Z]+ /\\S+ HTTP/1.1\r\n.*")) {
            wrong.add(exchange.head().text());
            return;
        }
        String target = exchange.head().target();
        exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + target.length() + "\r\n\r\n" + target);
        WireBody body = exchange.body();
        boolean whole = body.text().equals(REQUEST_IN_A_BODY);
        boolean part = UPLOAD.startsWith(body.text()) && !body.complete();
        if (!target.startsWith("/hook/") || !(whole || part)) {
            wrong.add(exchange.head().text() + body);
        }
    }
}
