package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What strangers can write into the log of the standalone program; a container's log is its own. */
abstract class LogContract extends GateContract {
    private static final int MAX_LOG_CHARS = 60_000;

    LogContract(Stage stage) {
        super(stage);
    }

    /** Jetty's parser quotes both fields in a warning. */
    @Test
    void log_stays_small_when_strangers_send_two_long_hosts_over_and_over() throws Exception {
        int before = stage.gate().log().length();
        String request =
                "GET / HTTP/1.1\r\nHost: " + "a".repeat(15_000) + "\r\nHost: " + "b".repeat(15_000) + "\r\n\r\n";
        for (int i = 0; i < 50; i++) {
            assertEquals(400, ask(request).status());
        }
        int written = stage.gate().log().length() - before;
        assertTrue(written < MAX_LOG_CHARS, () -> written + " characters");
    }
}
