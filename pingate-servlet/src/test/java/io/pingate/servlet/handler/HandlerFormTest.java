package io.pingate.servlet.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sign-in forms on their way to the handler, however they come. */
class HandlerFormTest {
    /** More than the server has threads. */
    private static final int STRANGERS = 250;

    private HandlerServer server;

    private HandlerServer start(Duration formTimeout) throws Exception {
        server = new HandlerServer(HandlerServer.SETTINGS, formTimeout);
        return server;
    }

    private HandlerServer start() throws Exception {
        return start(Duration.ofMinutes(1));
    }

    /** None is held for ever. */
    @AfterEach
    void stop() throws Exception {
        assertTrue(Deadline.reached(Deadline.USUAL, () -> server.requests.getCurrentRequestCount() == 0));
        server.close();
    }

    private RawClient stall() throws IOException {
        return RawClient.to(server.port()).send(HandlerServer.form("Content-Length: 10") + "pin=");
    }

    @Test
    void others_are_answered_when_many_forms_stall() throws Exception {
        start();
        List<RawClient> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(stall());
            }
            assertEquals(200, server.ask("GET /pin/health").status());
            assertEquals(303, server.tryPin("pin=4711").status());
        } finally {
            for (RawClient stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void form_is_tried_when_it_comes_in_pieces() throws Exception {
        start();
        try (RawClient slow = stall()) {
            for (String piece : List.of("4", "71", "1&a")) {
                slow.send(piece);
                // Another request in between, so that the piece is read by itself.
                server.ask("GET /pin/health");
            }
            assertEquals(303, slow.response().status());
            assertEquals(
                    200,
                    slow.send(HandlerServer.head("GET /pin/health")).response().status());
        }
    }

    @Test
    void form_is_given_up_when_it_takes_too_long() throws Exception {
        start(Duration.ofMillis(200));
        try (RawClient slow = stall()) {
            String answer = slow.in().rest();
            assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
            assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
            assertTrue(answer.contains("took too long"), answer);
        }
    }

    @Test
    void server_goes_on_when_the_client_breaks_its_form_off() throws Exception {
        start();
        stall().close();
        stall().reset();
        try (RawClient half = stall()) {
            half.halfClose();
            String answer = half.in().rest();
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400"), answer);
        }
        assertEquals(303, server.tryPin("pin=4711").status());
    }

    @Test
    void form_is_tried_when_it_comes_in_chunks() throws Exception {
        start();
        try (RawClient client = RawClient.to(server.port())) {
            client.send(HandlerServer.form("Transfer-Encoding: chunked") + "4\r\npin=\r\n");
            client.send("4\r\n4711\r\n0\r\n\r\n");
            assertEquals(303, client.response().status());
            assertEquals(
                    200,
                    client.send(HandlerServer.head("GET /pin/health"))
                            .response()
                            .status());
        }
    }

    @Test
    void form_is_refused_when_its_chunks_are_bad() throws Exception {
        start();
        String answer = RawClient.exchange(server.port(), HandlerServer.form("Transfer-Encoding: chunked") + "zz\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    }

    @Test
    void form_is_asked_for_when_the_client_waits_for_that() throws Exception {
        start();
        try (RawClient client = RawClient.to(server.port())) {
            client.send(HandlerServer.form("Content-Length: 8", "Expect: 100-continue"));
            assertEquals(100, client.in().head().status());
            assertEquals(303, client.send("pin=4711").response().status());
        }
    }

    @Test
    void form_is_refused_when_longer_than_four_kib() throws Exception {
        start();
        assertEquals(413, server.tryPin("pin=4711&x=" + "y".repeat(4_090)).status());
        String answer =
                RawClient.exchange(server.port(), HandlerServer.form("Content-Length: 1000000") + "y".repeat(10_000));
        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        assertFalse(answer.contains("Set-Cookie"), answer);
    }
}
