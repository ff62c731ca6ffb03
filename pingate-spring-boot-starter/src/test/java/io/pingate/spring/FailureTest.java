package io.pingate.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** What somebody reads whose application doesn't start. */
class FailureTest {
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Plain {}

    @Test
    void every_unusable_setting_is_told_as_it_is_written_when_the_start_fails() {
        String told = failure(
                "--pingate.pin=7391é4625-a-secret",
                "--pingate.session-days=soon",
                "--pingate.sessionrenew=maybe",
                "--litellm.master-key=a-secret of the LLM server",
                "--litellm.proxy-path=api",
                "--pingate.sesion-days=3");
        assertTrue(told.contains("APPLICATION FAILED TO START"), told);
        assertTrue(told.contains("    pingate.session-days: "), told);
        assertTrue(told.contains("    pingate.session-renew: "), told);
        assertTrue(told.contains("    litellm.proxy-path: "), told);
        assertTrue(told.contains("pingate.sesion-days; pingate.session-days is one"), told);
        assertFalse(told.contains("a-secret"), told);
        assertFalse(told.contains("\tat "), told);
    }

    @Test
    void missing_pin_is_told_as_a_property() {
        String told = failure();
        assertTrue(told.contains("    pingate.pin: "), told);
        assertFalse(told.contains("\tat "), told);
    }

    @Test
    void application_is_open_when_the_gate_is_switched_off() throws Exception {
        try (Application open =
                Application.start(Plain.class, "--pingate.enabled=false", "--spring.main.lazy-initialization=true")) {
            HttpResponse<String> answer = open.get("/pin");
            assertEquals(401, answer.statusCode());
            assertTrue(answer.headers().firstValue("X-Pingate").isEmpty(), "Spring Security's own answer");
        }
    }

    private static String failure(String... settings) {
        PrintStream before = System.out;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            assertThrows(Exception.class, () -> Application.start(Plain.class, settings));
        } finally {
            System.setOut(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }
}
