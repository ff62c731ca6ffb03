package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireBody;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contract section 4: the upstream dies, in each phase of an exchange. The client gets 502 or a cut that it sees; its own
 * connection is in step or closed; nothing stays open; and the gate goes on when the upstream is back.
 *
 * <p>A process that is killed closes its sockets: with a FIN, or with a reset where something of the gate's was left
 * unread.
 */
abstract class UpstreamDeathContract extends GateContract {
    /** More than what is read before the death, and more than what the sockets hold. */
    private static final int UPLOAD_BYTES = 3_000_000;

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    UpstreamDeathContract(Stage stage) {
        super(stage);
    }

    /** How its sockets end. */
    enum End {
        CLOSE,
        RESET;

        void of(Exchange exchange) throws IOException {
            if (this == CLOSE) {
                exchange.close();
            } else {
                exchange.reset();
            }
        }

        void of(Socket socket) throws IOException {
            if (this == RESET) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        }
    }

    @BeforeEach
    void forgetConnections() throws Exception {
        upstream.retireConnections();
    }

    @ParameterizedTest
    @EnumSource
    void answer_is_502_when_upstream_dies_as_it_accepts(End end) throws Exception {
        upstream.welcome(end::of);
        for (String request : requests()) {
            assertIs502(request);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answer_is_502_when_upstream_dies_within_the_requests_head(End end) throws Exception {
        upstream.welcome(socket -> {
            assertEquals(20, socket.getInputStream().readNBytes(20).length);
            end.of(socket);
        });
        for (String request : requests()) {
            assertIs502(request);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answer_is_502_when_upstream_dies_within_the_requests_body(End end) throws Exception {
        upstream.play(exchange -> {
            // Not so behind an upload that the sockets in between have taken whole.
            if (exchange.head().startLine().startsWith("POST ")) {
                exchange.in().exactly(100);
            }
            end.of(exchange);
        });
        String upload = "u".repeat(UPLOAD_BYTES);
        assertIs502(signedIn("POST", "/", "Content-Length: " + UPLOAD_BYTES) + upload);
        assertIs502(signedIn("POST", "/", "Transfer-Encoding: chunked") + Integer.toHexString(UPLOAD_BYTES) + "\r\n"
                + upload + "\r\n0\r\n\r\n");
    }

    /** The upload of such a client stands still, and has no end that could be waited for. */
    @ParameterizedTest
    @EnumSource
    void answer_is_502_when_upstream_dies_and_the_request_is_not_all_there_yet(End end) throws Exception {
        for (String framing : List.of("Content-Length: 100", "Transfer-Encoding: chunked")) {
            upstream.forget();
            upstream.byHand();
            try (RawClient client = stage.client()) {
                client.send(signedIn("POST", "/", framing) + "5\r\nhello\r\n");
                Exchange exchange = upstream.next();
                exchange.in().exactly(10);
                end.of(exchange);
                assertEquals(502, client.response().status());
                assertTrue(client.in().ended());
            }
            assertNothingIsLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("beginningsOfHeads")
    void answer_is_502_when_upstream_dies_before_the_answers_head_is_whole(String beginning, End end) throws Exception {
        upstream.play(exchange -> {
            exchange.body();
            exchange.send(beginning);
            end.of(exchange);
        });
        for (String request : requests()) {
            assertIs502(request);
        }
    }

    static Stream<Arguments> beginningsOfHeads() {
        return Stream.of(
                        "",
                        "H",
                        "HTTP/1.1 200 OK",
                        "HTTP/1.1 200 OK\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r",
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Long: " + "x".repeat(9_000))
                .flatMap(text -> Stream.of(End.values()).map(end -> Arguments.of(text, end)));
    }

    /** RFC 9112 section 8: what was framed by a length or by chunks is whole when that says so, and else it is not. */
    @ParameterizedTest
    @MethodSource("bodiesOfWhichAPartIsMissing")
    void answer_is_cut_when_upstream_dies_within_its_body(String answer, String connection, End end) throws Exception {
        for (String coding : List.of("", "\r\nTE: trailers")) {
            upstream.forget();
            upstream.play(exchange -> {
                exchange.send(answer);
                end.of(exchange);
            });
            try (RawClient client = stage.client()) {
                client.send(signedIn("GET", "/", "Connection: " + connection + coding));
                assertIsNotWhole(client);
            }
        }
        assertNothingIsLeft();
    }

    static Stream<Arguments> bodiesOfWhichAPartIsMissing() {
        return Stream.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
                        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123456789",
                        "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + "x".repeat(899_999),
                        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/20\r\nContent-Length: 10\r\n\r\nhello",
                        CHUNKED,
                        CHUNKED + "5\r\nhel",
                        CHUNKED + "5\r\nhello",
                        CHUNKED + "5\r\nhello\r\n",
                        CHUNKED + "5\r\nhello\r\n0",
                        CHUNKED + "5\r\nhello\r\n0\r\n",
                        CHUNKED + "5\r\nhello\r\n0\r\nX-Sum: 1\r\n",
                        CHUNKED + "5\r\nhello\r\n" + "dbba0\r\n" + "x".repeat(899_999))
                .flatMap(text -> Stream.of("keep-alive", "close")
                        .flatMap(option -> Stream.of(End.values()).map(end -> Arguments.of(text, option, end))));
    }

    /** With a close in place of the reset, nobody could tell (RFC 9112 section 8): such a body ends so. */
    @ParameterizedTest
    @CsvSource({"keep-alive", "close"})
    void answer_is_cut_when_upstream_dies_within_a_body_that_a_close_would_end(String connection) throws Exception {
        upstream.play(exchange -> {
            exchange.send("HTTP/1.1 200 OK\r\n\r\nhello");
            exchange.awaitDone();
            exchange.reset();
        });
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/", "Connection: " + connection));
            WireHead head = client.in().head();
            upstream.next().done();
            assertFalse(client.in().responseBody(head, false).complete());
        }
        assertNothingIsLeft();
    }

    /** The client's next request stands behind the answer already. */
    @ParameterizedTest
    @EnumSource
    void pipelined_request_is_answered_as_itself_or_not_at_all_when_upstream_dies_before_it(End end) throws Exception {
        upstream.play(exchange -> {
            upstream.answer(RawUpstream.OK);
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
            end.of(exchange);
        });
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/first") + signedIn("GET", "/second"));
            assertIsNotWhole(client);
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void client_asks_on_when_upstream_dies_between_its_requests(End end) throws Exception {
        try (RawClient client = stage.client()) {
            for (int i = 0; i < 50; i++) {
                upstream.forget();
                upstream.byHand();
                client.send(signedIn("GET", "/get"));
                Exchange exchange = upstream.next();
                exchange.send(RawUpstream.OK);
                assertEquals("ok", client.response().text());
                end.of(exchange);
            }
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void client_is_told_when_upstream_dies_within_a_web_sockets_handshake(End end) throws Exception {
        for (String beginning : List.of("", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n")) {
            upstream.play(exchange -> {
                exchange.send(beginning);
                end.of(exchange);
            });
            assertEquals(502, ask(handshake()).status());
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void client_is_closed_when_upstream_dies_within_a_web_sockets_frame(End end) throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(handshake());
            Exchange exchange = upstream.next();
            // A frame of 126 bytes and more, of which three come.
            exchange.send(WebSocketContract.SWITCHED + "\u0082~\u0001\u0000abc");
            assertEquals(101, client.in().head().status());
            assertEquals(7, client.in().exactly(7).length());
            client.send("a frame's beginning");
            end.of(exchange);
            assertTrue(client.in().ended(), "nothing behind what the upstream has sent");
        }
        assertNothingIsLeft();
    }

    /** All connections at once, and for some time nobody listens: an upstream that is started anew. */
    @Test
    void gate_goes_on_by_itself_when_upstream_was_killed_with_all_that_was_under_way() throws Exception {
        upstream.play(exchange -> {
            exchange.send(exchange.head().target().equals("/begun") ? CHUNKED + "5\r\nhello\r\n" : "");
            exchange.awaitDone();
        });
        List<RawClient> waiting = new ArrayList<>();
        List<RawClient> begun = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(stage.client().send(signedIn("POST", "/waiting", "Content-Length: 0")));
            upstream.next();
            begun.add(stage.client().send(signedIn("GET", "/begun")));
            upstream.next();
            begun.get(i).in().head();
        }
        upstream.goDown();
        try {
            for (RawClient client : waiting) {
                assertEquals(502, client.response().status());
                client.close();
            }
            for (RawClient client : begun) {
                assertEquals("hello", client.in().chunk());
                assertTrue(isCut(client));
                client.close();
            }
            assertEquals(502, ask(signedIn("GET", "/")).status());
        } finally {
            upstream.comeBack();
        }
        assertNothingIsLeft();
    }

    /** Of those that may be sent again, and of those that may not. */
    private List<String> requests() {
        return List.of(
                signedIn("GET", "/"),
                signedIn("POST", "/", "Content-Length: 5") + "hello",
                signedIn("POST", "/", "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n",
                signedIn("GET", "/", "Connection: close"));
    }

    /** Whole, whatever the client has still to send; and the connection is in step, where it stays open. */
    private void assertIs502(String request) throws Exception {
        try (RawClient client = stage.client()) {
            Thread sender = new Thread(() -> {
                try {
                    client.send(request);
                } catch (IOException notWanted) {
                    // It has been answered by then.
                }
            });
            sender.start();
            WireResponse answer = client.response();
            assertEquals(502, answer.status(), answer.head()::text);
            assertTrue(answer.body().complete());
            if (!answer.head().all("Connection").contains("close")) {
                sender.join();
                assertEquals(
                        502, client.send(signedIn("GET", "/next")).response().status());
            } else {
                client.leave();
                sender.join();
            }
        }
        upstream.retireConnections();
    }

    /** An error that says so, or an answer that has visibly no end. */
    private static void assertIsNotWhole(RawClient client) throws IOException {
        WireResponse answer = client.response();
        if (answer.status() != 502) {
            assertFalse(answer.body().framing() == WireBody.Framing.UNTIL_CLOSE, answer.head()::text);
            assertFalse(answer.body().complete(), () -> answer.head().text() + answer.body());
            assertTrue(client.in().ended(), "nothing may follow on half an answer");
        }
    }

    private static boolean isCut(RawClient client) throws IOException {
        try {
            String next = client.in().until("\r\n");
            return next.equals("\r\n") && isCut(client);
        } catch (java.io.EOFException end) {
            return true;
        }
    }

    /** The gate goes on, by a connection or two that it keeps; the others are closed. */
    private void assertNothingIsLeft() throws Exception {
        assertTrue(Deadline.reached(Deadline.USUAL, this::connectionIsUsedAgain), "a connection of its own for each");
        assertTrue(
                Deadline.reached(Deadline.USUAL, () -> upstream.openConnections() <= 2),
                () -> upstream.openConnections() + " connections to the upstream stay open");
    }

    /** Not always: the client may have the last byte before the gate has put the connection back. */
    private boolean connectionIsUsedAgain() throws IOException {
        assertGoesOn();
        int before = upstream.accepted();
        assertGoesOn();
        return upstream.accepted() == before;
    }

    private String handshake() {
        return signedIn(
                "GET",
                "/socket",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }
}
