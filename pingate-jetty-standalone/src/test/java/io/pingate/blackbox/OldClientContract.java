package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of HTTP/1.0, nginx by default among them: no chunks, so that the connection's end is the answer's. */
abstract class OldClientContract extends GateContract {
    private static final String BEGUN = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    private final boolean cutsByReset;

    /** @param cutsByReset false where the container closes all its connections alike */
    OldClientContract(Stage stage, boolean cutsByReset) {
        super(stage);
        this.cutsByReset = cutsByReset;
    }

    /** A cut that ends like a whole answer is kept by caches as one. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close"})
    void connection_is_reset_when_the_answer_breaks_off(String line) throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(asked(line));
            Exchange exchange = upstream.next();
            exchange.send(BEGUN);
            client.in().head();
            exchange.close();
            assertEquals(cutsByReset, client.in().endsByReset());
        }
        assertGoesOn();
    }

    @Test
    void connection_is_closed_when_the_answer_is_whole() throws Exception {
        upstream.answer(BEGUN + "0\r\n\r\n");
        try (RawClient client = stage.client()) {
            client.send(asked("Connection: close"));
            assertEquals("hello", client.response().text());
            assertFalse(client.in().endsByReset());
        }
    }

    private String asked(String line) {
        String request = line.isEmpty() ? signedIn("GET", "/") : signedIn("GET", "/", line);
        return request.replace("HTTP/1.1", "HTTP/1.0");
    }
}
