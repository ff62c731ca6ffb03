package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameOriginTest {
    private static boolean holds(String host, String... headers) {
        return objection(host, headers) == null;
    }

    private static Decision.@Nullable ForeignForm objection(String host, String... headers) {
        return SameOrigin.objection(
                Requests.of("POST", "/pin/check", headers).withHost(host).build());
    }

    @ParameterizedTest
    @CsvSource({
        "https://gate.example, gate.example",
        "http://gate.example, gate.example",
        "https://GATE.example, gate.EXAMPLE",
        "https://gate.example, gate.example:443",
        "http://gate.example:80, gate.example",
        "http://gate.example:3060, gate.example:3060",
        "http://[::1]:3060, [::1]:3060",
        "http://[::80], [::80]",
    })
    void holds_when_the_origin_names_our_host(String origin, String host) {
        assertTrue(holds(host, "Origin", origin));
    }

    @ParameterizedTest
    @CsvSource({
        "null, gate.example",
        "'', gate.example",
        "gate.example, gate.example",
        "://gate.example, gate.example",
        "https://evil.example, gate.example",
        "https://gate.example.evil.example, gate.example",
        "https://evilgate.example, gate.example",
        "https://gate.example:8080, gate.example",
        "https://gate.example, gate.example:8080",
        "https://gate.example/, gate.example",
        "https://gate.example@evil.example, gate.example",
        "'https://gate.example, https://evil.example', gate.example",
        "http://, ''",
        "https://gate.example, ''",
    })
    void fails_when_the_origin_is_another(String origin, String host) {
        assertFalse(holds(host, "Origin", origin));
    }

    @ParameterizedTest
    @CsvSource({
        "https://gate.example:8443, gate.example",
        "https://gate.example:8443, gate.example:3060",
        "http://[::1]:8080, [::1]",
    })
    void port_is_left_to_the_browser_when_it_says_same_origin(String origin, String host) {
        assertTrue(holds(host, "Origin", origin, "Sec-Fetch-Site", "same-origin"));
        assertFalse(holds(host, "Origin", origin, "Sec-Fetch-Site", "none"));
        assertFalse(holds(host, "Origin", origin, "Sec-Fetch-Site", "same-site"));
        assertFalse(holds("other.example", "Origin", origin, "Sec-Fetch-Site", "same-origin"));
    }

    @Test
    void fails_when_there_are_two_origins() {
        assertFalse(holds("gate.example", "Origin", "https://gate.example", "Origin", "https://gate.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void holds_when_the_browser_says_so(String site) {
        assertTrue(holds("gate.example", "Sec-Fetch-Site", site));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "x"})
    void fails_when_the_browser_says_so_whatever_the_origin(String site) {
        assertFalse(holds("gate.example", "Sec-Fetch-Site", site));
        assertFalse(holds("gate.example", "Sec-Fetch-Site", site, "Origin", "https://gate.example"));
    }

    @Test
    void fails_when_the_origin_is_another_whatever_the_browser_says() {
        assertFalse(holds("gate.example", "Sec-Fetch-Site", "same-origin", "Origin", "https://evil.example"));
    }

    @Test
    void holds_when_no_browser_sent_it() {
        assertTrue(holds("gate.example"));
    }

    @Test
    void names_the_field_that_does_not_match() {
        String reason = "This form may only be sent from the gate's own page.";
        assertEquals(
                new Decision.ForeignForm(reason, "Origin", "https://a, https://b", "gate.example"),
                objection("gate.example", "Origin", "https://a", "Origin", "https://b"));
        assertEquals(
                new Decision.ForeignForm(reason, "Origin", "https://a", ""),
                objection("", "Origin", "https://a", "Sec-Fetch-Site", "cross-site"));
        assertEquals(
                new Decision.ForeignForm(reason, "Sec-Fetch-Site", "none, same-site", "gate.example"),
                objection("gate.example", "Sec-Fetch-Site", "none", "Sec-Fetch-Site", "same-site"));
    }
}
