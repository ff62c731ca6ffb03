package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract section 5: streams and WebSockets end with the session that they began in, when that is set. */
@Timeout(600)
class StreamEndIT {
    private static final Duration SHORT = Duration.ofSeconds(6);

    static Stream<Arguments> gates() {
        return Stream.of(
                Arguments.of("standalone-stream-end", (Stage.Recipe) StandaloneGate::new),
                Arguments.of("tomcat10-stream-end", TomcatGate.tomcat10()),
                Arguments.of("tomcat11-stream-end", TomcatGate.tomcat11()),
                Arguments.of("jettywar-stream-end", (Stage.Recipe) JettyGate::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void guests_streams_end_with_the_session_and_others_go_on(String name, Stage.Recipe recipe) throws Exception {
        try (Stage stage = Stage.open(name, recipe, Map.of());
                RawClient guest = stage.client();
                RawClient socket = stage.client();
                RawClient owner = stage.client()) {
            stage.upstream().byHand();
            Instant end = Instant.now().plus(SHORT);
            String signedIn = Cookies.signed(String.valueOf(end.getEpochSecond()));
            String invited = Cookies.signed(end.getEpochSecond() + "g");
            Exchange ended = stream(stage, guest, "Cookie: pingate=" + invited);
            Exchange closed = socket(stage, socket, "Cookie: pingate=" + invited);
            Exchange open = stream(stage, owner, "Cookie: pingate=" + signedIn);
            assertEnds(end, guest, ended);
            assertEquals("\u0088\u0002\u0003\u00e9", socket.in().exactly(4));
            // To the upstream it is masked, as all that comes from a client (RFC 6455 section 5.3).
            assertEquals("\u0088\u0082", closed.in().exactly(2));
            open.send("data: later\n\n");
            assertTrue(owner.in().until("later\n\n").contains("data: later"));
            stage.upstream().forget();
            assertEquals(401, new Visitor(stage).status("pingate=" + signedIn));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void everybodys_streams_end_when_set_so(String name, Stage.Recipe recipe) throws Exception {
        try (Stage stage = Stage.open(name + "-all", recipe, Map.of("PINGATE_END_STREAMS", "all"));
                RawClient browser = stage.client();
                RawClient program = stage.client();
                RawClient waiting = stage.client();
                RawClient stranger = stage.client()) {
            stage.upstream().byHand();
            Instant end = Instant.now().plus(SHORT);
            String cookie = "Cookie: pingate=" + Cookies.signed(String.valueOf(end.getEpochSecond()));
            Exchange first = stream(stage, browser, cookie);
            Exchange second = stream(stage, program, "X-Pingate-Token: " + Passes.token(SHORT));
            waiting.send(GateContract.stranger("GET", "/slow", cookie));
            Exchange unanswered = stage.upstream().next();
            assertEnds(end, browser, first);
            assertTrue(second.in().ended(), "a token's stream goes on");
            assertTrue(unanswered.in().ended(), "what has no answer yet goes on");
            WireResponse answer = waiting.response();
            assertEquals(401, answer.status());
            assertEquals("sign-in", answer.head().first("X-Pingate").orElse(""));
            stranger.send(GateContract.stranger("GET", "/a", cookie));
            assertEquals(401, stranger.response().status());
        }
    }

    private static Exchange stream(Stage stage, RawClient client, String line) throws Exception {
        client.send(GateContract.stranger("GET", "/events", line));
        Exchange exchange = stage.upstream().next();
        exchange.send(WireHead.of("HTTP/1.1 200 OK", "Content-Type: text/event-stream") + "data: 1\n\n");
        assertEquals(200, client.in().head().status());
        assertTrue(client.in().until("data: 1\n\n").endsWith("\n\n"));
        return exchange;
    }

    private static Exchange socket(Stage stage, RawClient client, String line) throws Exception {
        client.send(GateContract.stranger(
                "GET",
                "/socket",
                line,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        Exchange exchange = stage.upstream().next();
        exchange.send(WebSocketContract.SWITCHED);
        assertEquals(101, client.in().head().status());
        return exchange;
    }

    private static void assertEnds(Instant end, RawClient client, Exchange exchange) throws IOException {
        assertTrue(exchange.in().ended(), "the upstream's side goes on");
        assertFalse(Instant.now().isBefore(end.minusSeconds(1)), "it ended too early");
        // Cut short: a stream that ends with a last chunk would be a whole one.
        assertFalse(client.in().toTheEnd().endsWith("0\r\n\r\n"));
    }
}
