package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.WireResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 13: what the gate tells {@code pingate doctor}, and nobody else. The stage is a furnished one. */
abstract class DoctorContract extends GateContract {
    private final String pass = "X-Pingate-Doctor: "
            + Passes.signed(
                    "pgd1.",
                    "pingate-doctor",
                    Long.toString(Instant.now().plusSeconds(600).getEpochSecond()));

    DoctorContract(Stage stage) {
        super(stage);
    }

    @Test
    void who_has_the_key_is_told_how_a_request_arrives() throws Exception {
        WireResponse answer = ask(stranger(
                "GET",
                "/pin/doctor",
                pass,
                "X-Forwarded-For: 203.0.113.5",
                "X-Forwarded-Proto: https",
                "Origin: https://evil.test"));
        assertEquals(200, answer.status(), answer::text);
        for (String fact : new String[] {
            "\"scheme\":\"https\"",
            "\"client\":\"203.0.113.5\"",
            "\"ownPage\":false",
            "\"forwardedFor\":1",
            "\"forwardedForCounts\":true"
        }) {
            assertTrue(answer.text().contains(fact), answer::text);
        }
        assertEquals("no-store", answer.head().first("Cache-Control").orElse(""));
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: b", "X-Pingate-Doctor: pgd1.MTc5MDAwMDkwMA.x"})
    void stranger_finds_a_path_like_any_other(String line) throws Exception {
        assertEquals(401, ask(stranger("GET", "/pin/doctor", line)).status());
    }

    @Test
    void body_is_counted() throws Exception {
        WireResponse answer = ask(stranger("POST", "/pin/doctor", pass, "Content-Length: 5") + "hello");
        assertTrue(answer.text().contains("\"bodyBytes\":5"), answer::text);
    }

    @Test
    void stream_comes_in_pieces() throws Exception {
        WireResponse answer = ask(stranger("GET", "/pin/doctor?pieces=3&gap=10", pass));
        assertEquals("text/event-stream", answer.head().first("Content-Type").orElse(""));
        assertTrue(answer.text().contains("data: 3\n\n"), answer::text);
    }

    @Test
    void storable_answer_is_for_the_browser_alone() throws Exception {
        WireResponse answer = ask(stranger("GET", "/pin/doctor?storable=1", pass));
        assertEquals("private, max-age=60", answer.head().first("Cache-Control").orElse(""));
    }
}
