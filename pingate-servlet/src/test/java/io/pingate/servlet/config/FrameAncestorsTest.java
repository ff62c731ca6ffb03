package io.pingate.servlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameAncestorsTest {
    @Test
    void origins_are_listed_as_a_policy_has_them() {
        assertEquals(
                "https://home.example.org http://127.0.0.1:8123 HTTPS://A",
                FrameAncestors.of("https://home.example.org, http://127.0.0.1:8123,HTTPS://A"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "home.example.org",
                "https://*.example.org",
                "https://a/",
                "https://a/path",
                "https://a; script-src *",
                "https://a https://b",
                "https://a:0",
                "https://[::1]",
                "https://a.",
                "file://a",
                "'self'",
                "null",
            })
    void others_are_refused_with_the_rule(String text) {
        Exception refused =
                assertThrows(IllegalArgumentException.class, () -> FrameAncestors.of("https://ok.test," + text));
        assertEquals(
                "must be origins like https://home.example.org, comma-separated, without a path or a *",
                refused.getMessage());
    }
}
