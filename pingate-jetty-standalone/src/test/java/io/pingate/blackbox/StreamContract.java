package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract section 5: pieces pass as they are written, and a client that leaves ends the work upstream. */
abstract class StreamContract extends GateContract {
    private static final String STREAM_HEAD = WireHead.of(
            "HTTP/1.1 200 OK",
            "Content-Type: text/event-stream",
            "Cache-Control: no-cache",
            "X-Accel-Buffering: no",
            "Transfer-Encoding: chunked");
    private static final int MANY = 300;
    private static final int EVENTS = 50;
    private static final Duration SOON = Duration.ofSeconds(2);

    StreamContract(Stage stage) {
        super(stage);
    }

    @Test
    void head_arrives_when_no_byte_of_the_body_has_been_written() throws Exception {
        try (RawClient client = stage.client()) {
            Exchange exchange = opened(client);
            WireHead head = client.in().head();
            assertEquals("text/event-stream", head.first("Content-Type").orElse(""));
            assertEquals("no-cache, private", head.first("Cache-Control").orElse(""));
            assertEquals("no", head.first("X-Accel-Buffering").orElse(""));
            exchange.close();
        }
    }

    /** No clock: the upstream writes the next piece only when the client has read the last one. */
    @Test
    void piece_arrives_before_the_next_is_written_when_streamed() throws Exception {
        try (RawClient client = stage.client()) {
            Exchange exchange = opened(client);
            client.in().head();
            List<Duration> late = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                String event = "data: " + i + "\n\n";
                long start = System.nanoTime();
                exchange.send(chunk(event));
                // Programs that read by lines wait for the line end, too.
                assertEquals(event, client.in().wholeChunk());
                Duration took = Promptly.since(start);
                if (took.toMillis() >= 1_000) {
                    late.add(took);
                }
            }
            // One or the other may meet a machine that stands still.
            assertTrue(late.size() < EVENTS / 5, () -> "events took " + late);
            exchange.send("0\r\n\r\n").done();
            assertEquals("", client.in().chunk());
        }
    }

    @Test
    void piece_arrives_before_the_next_is_written_when_body_has_a_length() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/slow-file"));
            Exchange exchange = upstream.next();
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
            client.in().head();
            for (String piece : new String[] {"one", "two", "six"}) {
                exchange.send(piece);
                assertEquals(piece, client.in().exactly(3));
            }
            exchange.done();
        }
    }

    @Test
    void piece_arrives_before_the_next_is_written_when_body_ends_with_the_connection() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/log").replace("HTTP/1.1", "HTTP/1.0"));
            Exchange exchange = upstream.next();
            exchange.send("HTTP/1.0 200 OK\r\n\r\n");
            client.in().head();
            for (String piece : new String[] {"one", "two", "six"}) {
                exchange.send(piece);
                assertEquals(piece, client.in().exactly(3));
            }
            exchange.close();
            assertTrue(client.in().ended());
        }
    }

    @Test
    void post_streams_both_ways_when_answer_begins_before_the_upload_ends() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/both", "Transfer-Encoding: chunked"));
            Exchange exchange = upstream.next();
            exchange.send(STREAM_HEAD);
            client.in().head();
            for (int i = 0; i < 5; i++) {
                client.send(chunk("up" + i));
                assertEquals("up" + i, exchange.in().chunk());
                exchange.send(chunk("down" + i));
                assertEquals("down" + i, client.in().chunk());
            }
            client.send("0\r\n\r\n");
            assertEquals("", exchange.in().chunk());
            exchange.in().until("\r\n");
            exchange.send("0\r\n\r\n").done();
            assertEquals("", client.in().chunk());
        }
    }

    /** The time limit is for the head: another request sees it pass while the stream is silent. */
    @Test
    void stream_goes_on_when_silence_is_longer_than_the_upstream_timeout() throws Exception {
        try (RawClient client = stage.client()) {
            Exchange exchange = opened(client);
            client.in().head();
            assertEquals(504, ask(signedIn("GET", "/never")).status());
            upstream.next().close();
            exchange.send(chunk("still here"));
            assertEquals("still here", client.in().chunk());
            exchange.close();
        }
    }

    @Test
    void upstream_request_ends_when_client_leaves_between_pieces() throws Exception {
        RawClient client = stage.client();
        Exchange exchange = opened(client);
        client.in().head();
        exchange.send(chunk("one"));
        assertEquals("one", client.in().chunk());
        client.leave();
        assertEndsWhileWriting(exchange);
    }

    /** Containers recycle what they served one client with for the next one. */
    @Test
    void stream_is_whole_when_the_client_before_it_has_left() throws Exception {
        for (int i = 0; i < 25; i++) {
            RawClient leaving = stage.client();
            Exchange left = opened(leaving);
            leaving.in().head();
            leaving.leave();
            assertEndsWhileWriting(left);
            try (RawClient client = stage.client()) {
                Exchange exchange = opened(client);
                client.in().head();
                exchange.send(chunk("whole"));
                assertEquals("whole", client.in().chunk());
                exchange.send("0\r\n\r\n").done();
                assertEquals("", client.in().chunk());
            }
        }
    }

    @Test
    void upstream_request_ends_within_two_seconds_when_client_leaves_in_silence() throws Exception {
        assertEndsInSilence(() -> {
            RawClient client = stage.client();
            Exchange exchange = opened(client);
            client.in().head();
            client.leave();
            return exchange;
        });
    }

    @Test
    void upstream_request_ends_within_two_seconds_when_client_leaves_before_the_first_byte() throws Exception {
        upstream.byHand();
        assertEndsInSilence(() -> {
            RawClient client = stage.client();
            client.send(signedIn("POST", "/think", "Content-Length: 2") + "{}");
            Exchange exchange = upstream.next();
            assertEquals("{}", exchange.body().text());
            client.leave();
            return exchange;
        });
    }

    @Test
    void upstream_request_ends_within_two_seconds_when_client_is_reset_in_silence() throws Exception {
        assertEndsInSilence(() -> {
            RawClient client = stage.client();
            Exchange exchange = opened(client);
            client.in().head();
            client.reset();
            return exchange;
        });
    }

    /** BusyBox's wget closes its sending half as soon as the request is out. */
    @ParameterizedTest
    @CsvSource({"1.1, close", "1.1, keep-alive", "1.0, close"})
    void answer_arrives_when_client_half_closes_and_upstream_takes_its_time(String version, String connection)
            throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/think", "Connection: " + connection).replace("HTTP/1.1", "HTTP/" + version));
            client.halfClose();
            Exchange exchange = upstream.next();
            assertStaysWanted(exchange, Duration.ofSeconds(3));
            exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk("one"));
            WireHead head = client.in().head();
            while (head.status() == 100) {
                head = client.in().head();
            }
            assertEquals(200, head.status());
            assertStaysWanted(exchange, Duration.ofSeconds(3));
            exchange.send(chunk("two") + "0\r\n\r\n").done();
            String rest = client.in().toTheEnd();
            assertTrue(rest.contains("one") && rest.contains("two"), rest);
        }
    }

    @Test
    void answer_arrives_when_client_half_closes_behind_its_upload() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/think", "Content-Length: 2", "Connection: close") + "{}");
            client.halfClose();
            Exchange exchange = upstream.next();
            assertEquals("{}", exchange.body().text());
            assertStaysWanted(exchange, Duration.ofSeconds(2));
            exchange.send(RawUpstream.OK).done();
            assertEquals("ok", RequestFramingContract.finalAnswer(client).text());
            assertTrue(client.in().ended());
        }
    }

    /** In the very moment between a look and the head, the end of input is no sign of either. */
    @Test
    void upstream_request_ends_within_two_seconds_when_client_leaves_just_before_the_head() throws Exception {
        upstream.byHand();
        assertEndsInSilence(() -> {
            RawClient client = stage.client();
            client.send(signedIn("GET", "/events"));
            Exchange exchange = upstream.next();
            client.leave();
            exchange.send(STREAM_HEAD);
            return exchange;
        });
    }

    @Test
    void upstream_request_ends_when_client_leaves_that_had_half_closed_before() throws Exception {
        upstream.byHand();
        RawClient client = stage.client();
        client.send(signedIn("GET", "/think"));
        client.halfClose();
        Exchange exchange = upstream.next();
        assertStaysWanted(exchange, Duration.ofMillis(1_200));
        client.leave();
        exchange.in().within(Deadline.USUAL);
        assertTrue(exchange.in().ended(), "nobody waits for it any more");
        exchange.close();
    }

    private static void assertStaysWanted(Exchange exchange, Duration time) throws IOException {
        exchange.in().within(time);
        assertThrows(SocketTimeoutException.class, exchange.in()::ended, "the upstream request has been given up");
        exchange.in().within(Deadline.USUAL);
    }

    @Test
    void next_request_is_answered_when_it_was_sent_during_a_silent_one() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/think"));
            Exchange exchange = upstream.next();
            client.send(signedIn("GET", "/next"));
            assertEquals(200, ask(stranger("GET", "/pin/health")).status());
            exchange.send(RawUpstream.OK).done();
            assertEquals("ok", client.response().text());
            upstream.next().send(RawUpstream.OK).done();
            assertEquals("ok", client.response().text());
        }
    }

    @Test
    void every_stream_gets_its_pieces_when_there_are_300() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                RawClient client = stage.client();
                clients.add(client);
                exchanges.add(opened(client));
            }
            for (RawClient client : clients) {
                client.in().head();
            }
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < MANY; i++) {
                    exchanges.get(i).send(chunk("event " + round + " of " + i));
                }
                for (int i = 0; i < MANY; i++) {
                    assertEquals(
                            "event " + round + " of " + i, clients.get(i).in().chunk());
                }
            }
            assertEquals(200, ask(stranger("GET", "/pin/health")).status());
        } finally {
            for (RawClient client : clients) {
                client.leave();
            }
            for (Exchange exchange : exchanges) {
                exchange.close();
            }
        }
    }

    private static void assertEndsInSilence(Callable<Exchange> leaving) throws Exception {
        Promptly.assertWithin(SOON, () -> {
            Exchange exchange = leaving.call();
            long left = System.nanoTime();
            exchange.in().within(Deadline.USUAL);
            assertTrue(exchange.in().ended(), "the upstream went on for a client that had gone");
            exchange.close();
            return Promptly.since(left);
        });
    }

    final void assertEndsWhileWriting(Exchange exchange) throws Exception {
        assertTrue(
                Deadline.reached(Deadline.USUAL, () -> {
                    try {
                        exchange.send(chunk("is anybody there?"));
                        exchange.in().within(Duration.ofMillis(50));
                        return exchange.in().ended();
                    } catch (SocketTimeoutException e) {
                        return false;
                    } catch (IOException e) {
                        return true;
                    }
                }),
                "the upstream went on for a client that had gone");
        exchange.close();
    }

    static String chunk(String content) {
        return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
    }

    final Exchange opened(RawClient client) throws Exception {
        upstream.byHand();
        client.send(signedIn("GET", "/events", "Accept: text/event-stream"));
        return upstream.next().send(STREAM_HEAD);
    }
}
