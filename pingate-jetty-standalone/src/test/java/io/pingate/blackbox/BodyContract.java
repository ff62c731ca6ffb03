package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireBody.Framing;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: bodies stream both ways, and what is cut short stays cut short. The gate's heap has 96 MiB. */
abstract class BodyContract extends GateContract {
    BodyContract(Stage stage) {
        super(stage);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void download_of_200_mib_is_whole_when_chunked_is(boolean chunked) throws Exception {
        LargeBody large = new LargeBody(chunked);
        upstream.play(exchange -> {
            exchange.send("HTTP/1.1 200 OK\r\n" + large.framing() + "\r\n\r\n");
            large.writeTo(exchange::send);
        });
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/large"));
            large.assertArrives(client.in(), client.in().head());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void upload_of_200_mib_is_whole_when_chunked_is(boolean chunked) throws Exception {
        LargeBody large = new LargeBody(chunked);
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/large", large.framing()));
            CompletableFuture<Void> sent = large.beginWritingTo(client::send);
            Exchange exchange = upstream.next();
            large.assertArrives(exchange.in(), exchange.head());
            sent.join();
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    @Test
    void upload_arrives_piece_by_piece_when_client_is_slow() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/slow", "Content-Length: 9"));
            Exchange exchange = upstream.next();
            for (String piece : new String[] {"one", "two", "six"}) {
                client.send(piece);
                assertEquals(piece, exchange.in().exactly(3));
            }
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    @Test
    void upload_arrives_chunk_by_chunk_when_client_is_slow() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/slow", "Transfer-Encoding: chunked"));
            Exchange exchange = upstream.next();
            for (String piece : new String[] {"one", "two", "six"}) {
                client.send("3\r\n" + piece + "\r\n");
                assertEquals(piece, exchange.in().chunk());
            }
            client.send("0\r\n\r\n");
            assertEquals("", exchange.in().chunk());
            exchange.in().until("\r\n");
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    @Test
    void early_413_arrives_when_upload_is_under_way() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/large", new LargeBody(false).framing()));
            client.send(LargeBody.BLOCK);
            Exchange exchange = upstream.next();
            exchange.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
            assertEquals(413, client.response().status());
            exchange.close();
        }
        assertGoesOn();
    }

    @Test
    void early_413_arrives_when_client_goes_on_sending() throws Exception {
        LargeBody large = new LargeBody(false);
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/large", large.framing()));
            CompletableFuture<Void> sent = large.beginWritingTo(client::send);
            Exchange exchange = upstream.next();
            exchange.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
            assertEquals(413, client.response().status());
            exchange.close();
            client.leave();
            assertThrows(CompletionException.class, sent::join, "nobody took the rest");
        }
    }

    /** The sender is held up somewhere between its first and its last byte, and the rest comes when it is asked for. */
    @Test
    void upstream_is_held_up_when_client_does_not_read() throws Exception {
        LargeBody large = new LargeBody(false);
        upstream.play(exchange -> {
            exchange.send("HTTP/1.1 200 OK\r\n" + large.framing() + "\r\n\r\n");
            large.writeTo(exchange::send);
        });
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/large"));
            WireHead head = client.in().head();
            Stalls.assertHeldUp(large);
            large.assertArrives(client.in(), head);
        }
    }

    @Test
    void client_is_held_up_when_upstream_does_not_read() throws Exception {
        LargeBody large = new LargeBody(false);
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/large", large.framing()));
            CompletableFuture<Void> sent = large.beginWritingTo(client::send);
            Exchange exchange = upstream.next();
            Stalls.assertHeldUp(large);
            large.assertArrives(exchange.in(), exchange.head());
            sent.join();
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 10, hello, LENGTH",
        "Transfer-Encoding: chunked, '5\r\nhello\r\n', CHUNKED",
        "Transfer-Encoding: chunked, '10\r\nhello', CHUNKED"
    })
    void body_is_cut_short_when_upstream_cuts_it(String line, String start, Framing framing) throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/cut"));
            Exchange exchange = upstream.next();
            exchange.send("HTTP/1.1 200 OK\r\n" + line + "\r\n\r\n" + start).close();
            WireResponse answer = client.response();
            assertEquals(200, answer.status());
            assertEquals(framing, answer.body().framing());
            assertTrue("hello".startsWith(answer.text()), answer::text);
            assertFalse(answer.body().complete(), "a body cut short must not look whole");
        }
        assertGoesOn();
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 10, hello",
        "Transfer-Encoding: chunked, '5\r\nhello\r\n'",
        "Transfer-Encoding: chunked, '10\r\nhello'"
    })
    void upload_is_cut_short_when_client_cuts_it(String line, String start) throws Exception {
        assertCutShort(line, start);
    }

    /** Nobody knows what is missing of them (RFC 9112, section 7.1). */
    @ParameterizedTest
    @ValueSource(strings = {"0\r\n", "0\r\nX-Sum: 1\r\n"})
    void upload_is_cut_short_when_client_cuts_its_trailers(String end) throws Exception {
        assertCutShort("Transfer-Encoding: chunked", "5\r\nhello\r\n" + end);
    }

    private void assertCutShort(String line, String start) throws Exception {
        upstream.byHand();
        Exchange exchange;
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/cut", line) + start);
            exchange = upstream.next();
        }
        assertFalse(exchange.body().complete(), "a body cut short must not look whole");
        exchange.close();
        assertGoesOn();
    }
}
