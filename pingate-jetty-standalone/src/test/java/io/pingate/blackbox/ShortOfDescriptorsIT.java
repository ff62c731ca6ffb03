package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: a gate with 256 descriptors, and strangers who take them all. */
@Tag("alone")
class ShortOfDescriptorsIT {
    private static final int DESCRIPTORS = 256;
    private static final int STRANGERS = 400;
    private static Stage stage;

    private final List<RawClient> strangers = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.open("descriptors", Limited::new);
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    @AfterEach
    void leave() throws IOException {
        for (RawClient stranger : strangers) {
            stranger.close();
        }
        stage.upstream().forget();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET / HTTP/1.1\r\nHost: gate.test\r\nX-",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "POST /pin HTTP/1.1\r\nHost: gate.test\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 100\r\n\r\npin=",
                "GET /pin/health HTTP/1.1\r\nHost: gate.test\r\n\r\n"
            })
    void requests_are_answered_when_strangers_hold_connections_with(String bytes) throws Exception {
        for (int i = 0; i < STRANGERS; i++) {
            strangers.add(stage.client().send(bytes));
            if (i % 50 == 49) {
                assertAnswered();
            }
        }
        for (int i = 0; i < 20; i++) {
            assertAnswered();
        }
    }

    @Test
    void stream_goes_on_when_strangers_hold_connections() throws Exception {
        stage.upstream().byHand();
        try (RawClient client = stage.client()) {
            client.send(request());
            Exchange exchange = stage.upstream().next();
            exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.in().head();
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(stage.client().send("GET / HTTP/1.1\r\nHost: gate.test\r\nX-"));
            }
            exchange.send(StreamContract.chunk("piece"));
            assertEquals("piece", client.in().chunk());
            exchange.done();
        }
    }

    @Test
    void socket_stays_open_when_strangers_hold_connections() throws Exception {
        stage.upstream().byHand();
        try (RawClient client = stage.client()) {
            client.send(request(
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
            Exchange exchange = stage.upstream().next();
            exchange.send(WebSocketContract.SWITCHED);
            assertEquals(101, client.in().head().status());
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(stage.client().send("GET / HTTP/1.1\r\nHost: gate.test\r\nX-"));
            }
            exchange.send("still here");
            assertEquals("still here", client.in().exactly(10));
            exchange.done();
        }
    }

    @Test
    void gate_recovers_by_itself_when_strangers_leave() throws Exception {
        for (int i = 0; i < STRANGERS; i++) {
            strangers.add(stage.client());
        }
        leave();
        strangers.clear();
        assertAnswered();
        assertTrue(
                stage.gate().log().contains("Descriptors are short (256 in all"),
                stage.gate().log());
    }

    private static void assertAnswered() throws IOException {
        try (RawClient client = stage.client()) {
            assertEquals(200, client.send(request()).response().status());
        }
    }

    private static String request(String... more) {
        List<String> lines = new ArrayList<>(List.of("GET / HTTP/1.1", "Host: gate.test", "Cookie: " + stage.cookie()));
        lines.addAll(List.of(more));
        return WireHead.of(lines.toArray(String[]::new));
    }

    private static final class Limited extends StandaloneGate {
        Limited(Path home, Map<String, String> settings) {
            super(home, settings);
        }

        @Override
        List<String> launcher() {
            return List.of("/bin/sh", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$@\"", "sh");
        }
    }
}
