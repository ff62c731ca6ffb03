package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * RFC 9113 section 5.1: what a client sent before it learned that a stream is closed is no fault of its own. A proxy before
 * the gate has all its users on one connection.
 */
abstract class Http2LateFramesContract extends GateContract {
    /** More in a moment than Jetty's usual 128 a second. */
    private static final int LATE = 400;

    Http2LateFramesContract(Stage stage) {
        super(stage);
    }

    @Test
    void connection_goes_on_when_windows_are_opened_for_answers_that_have_ended() throws Exception {
        try (WireHttp2 client = new WireHttp2(stage.gate())) {
            assertIsAnswered(client, 1);
            for (int i = 0; i < LATE; i++) {
                client.open(1, 10_000);
            }
            assertIsAnswered(client, 3);
        }
    }

    @Test
    void connection_goes_on_when_data_is_under_way_to_a_stream_that_was_reset() throws Exception {
        try (WireHttp2 client = new WireHttp2(stage.gate())) {
            upload(client, 1);
            assertEquals(401, client.status(1));
            while (client.next(1).type() != WireHttp2.RST_STREAM) {
                // The answer's body.
            }
            for (int i = 0; i < LATE; i++) {
                client.data(1, false, new byte[100]);
            }
            assertIsAnswered(client, 3);
        }
    }

    /** Or a stranger could end the streams of all others who came by the same proxy. */
    @Test
    void connection_goes_on_when_many_uploads_are_answered_early() throws Exception {
        try (WireHttp2 client = new WireHttp2(stage.gate())) {
            int stream = 1;
            for (; stream < 2 * LATE; stream += 2) {
                upload(client, stream);
                assertEquals(401, client.status(stream));
            }
            assertIsAnswered(client, stream);
        }
    }

    /** They cost work and say nothing. */
    @Test
    void connection_ends_when_data_of_no_bytes_floods_it() throws Exception {
        try (WireHttp2 client = new WireHttp2(stage.gate())) {
            upload(client, 1);
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < LATE; i++) {
                    client.data(1, false, new byte[0]);
                }
                assertIsAnswered(client, 3);
            });
        }
    }

    private static void upload(WireHttp2 client, int stream) throws IOException {
        client.headers(stream, false, ":method", "PUT", ":scheme", "http", ":path", "/", ":authority", "gate.test");
    }

    private void assertIsAnswered(WireHttp2 client, int stream) throws Exception {
        String cookie = stage.cookie();
        client.headers(
                stream,
                true,
                ":method",
                "GET",
                ":scheme",
                "http",
                ":path",
                "/",
                ":authority",
                "gate.test",
                "cookie",
                cookie);
        assertEquals(200, client.status(stream));
        WireHttp2.Frame frame = client.next(stream);
        while (!frame.ends()) {
            frame = client.next(stream);
        }
    }
}
