package io.pingate.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.HeaderFields;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginRulesTest {
    private final OriginRules handshakes = OriginRules.forHandshakes("https://app.example");
    private final OriginRules everyRequest = OriginRules.forEveryRequest(
            "https://Chat.example/ ,http://localhost:5173, app://obsidian.md".replace("/ ,", ","));

    @ParameterizedTest
    @CsvSource({
        // Origin, host, X-Forwarded-Port
        "http://gate.example:3060,  gate.example:3060, 3060",
        "https://gate.example:3060, gate.example:3060, 3060",
        "http://GATE.example:3060,  Gate.Example:3060, 3060",
        "https://gate.example,      gate.example,      80",
        "https://gate.example,      gate.example,      443",
        "https://gate.example,      gate.example:443,  443",
        "https://gate.example:443,  gate.example,      80",
        "http://gate.example,       gate.example:80,   80",
        "https://gate.example:8443, gate.example,      8443",
        "http://[::1]:3060,         [::1]:3060,        3060",
        "https://app.example,       gate.example,      443",
        "https://APP.example:443,   gate.example,      443",
    })
    void opens_a_socket_when_the_origin_is_our_host_or_configured(String origin, String host, int port) {
        assertTrue(handshakes.permit("GET", gate(host, port), handshake("Origin", origin)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example,              gate.example:3060, 3060",
        "http://gate.example,              gate.example:3060, 3060",
        "https://gate.example:3061,        gate.example:3060, 3060",
        "https://gate.example,             gate.example:80,   80",
        "https://gate.example,             gate.example:8443, 443",
        "http://gate.example.evil.example, gate.example,      80",
        "http://evil.example/gate.example, gate.example,      80",
        "http://app.example,               gate.example,      80",
        "null,                             gate.example,      80",
        "'',                               gate.example,      80",
        "gate.example,                     gate.example,      80",
        "://gate.example,                  gate.example,      80",
        "http://gate.example/,             gate.example,      80",
        "http://u@gate.example,            gate.example,      80",
        "http://gate.example http://gate.example, gate.example, 80",
        "http://,                          '',                80",
        "http://gate.example,              '',                80",
    })
    void refuses_a_socket_when_the_origin_is_another_host(String origin, String host, int port) {
        assertFalse(handshakes.permit("GET", gate(host, port), handshake("Origin", origin)));
    }

    @Test
    void refuses_a_socket_when_there_are_two_origins() {
        HeaderFields twice = handshake("Origin", "http://gate.example:3060", "Origin", "http://gate.example:3060");

        assertFalse(handshakes.permit("GET", Lines.LOCAL, twice));
    }

    @Test
    void opens_a_socket_when_no_origin_is_sent() {
        assertTrue(handshakes.permit("GET", Lines.LOCAL, handshake()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void leaves_a_request_to_the_tool_when_it_is_no_handshake(String method) {
        assertTrue(handshakes.permit(method, Lines.LOCAL, HeaderFields.of("Origin", "http://evil.example")));
        assertEquals(List.of(), Lines.of(handshakes.cors(HeaderFields.of("Origin", "https://app.example"))));
        assertEquals(Optional.empty(), handshakes.preflight("OPTIONS", preflightFields("https://app.example")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://chat.example",
                "HTTPS://CHAT.EXAMPLE",
                "https://chat.example:443",
                "http://localhost:5173",
                "app://obsidian.md",
                "http://gate.example:3060",
                "https://gate.example:3060"
            })
    void permits_a_call_when_the_origin_is_listed_or_our_own(String origin) {
        assertTrue(everyRequest.permit("POST", Lines.LOCAL, HeaderFields.of("Origin", origin)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://chat.example",
                "https://chat.example:8443",
                "https://x.chat.example",
                "http://localhost",
                "null",
                "",
                "https://gate.example",
                "*"
            })
    void refuses_a_call_when_the_origin_is_not_listed(String origin) {
        for (String method : List.of("POST", "GET", "HEAD")) {
            assertFalse(everyRequest.permit(
                    method, Lines.LOCAL, HeaderFields.of("Origin", origin, "Sec-Fetch-Site", "same-origin")));
        }
    }

    @Test
    void refuses_a_call_when_there_are_two_origins() {
        HeaderFields twice = HeaderFields.of("Origin", "https://chat.example", "Origin", "https://chat.example");

        assertFalse(everyRequest.permit("POST", Lines.LOCAL, twice));
        assertEquals(List.of("Vary: Origin"), Lines.of(everyRequest.cors(twice)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    '',          true",
        "HEAD,   '',          true",
        "get,    '',          false",
        "POST,   '',          false",
        "DELETE, '',          false",
        "OPTIONS,'',          false",
        "POST,   same-origin, true",
        "POST,   same-site,   false",
        "POST,   cross-site,  false",
        "POST,   none,        false",
        "GET,    cross-site,  true",
    })
    void judges_by_method_and_site_when_no_origin_is_sent(String method, String site, boolean permitted) {
        HeaderFields fields = site.isEmpty() ? HeaderFields.of() : HeaderFields.of("Sec-Fetch-Site", site);

        assertEquals(permitted, everyRequest.permit(method, Lines.LOCAL, fields));
    }

    @Test
    void tells_the_page_that_it_may_read_when_its_origin_is_listed() {
        assertEquals(
                List.of(
                        "Access-Control-Allow-Origin: https://chat.example",
                        "Access-Control-Allow-Credentials: true",
                        "Vary: Origin"),
                Lines.of(everyRequest.cors(HeaderFields.of("Origin", "https://chat.example"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://gate.example:3060"})
    void tells_only_caches_when_the_origin_is_not_listed(String origin) {
        assertEquals(List.of("Vary: Origin"), Lines.of(everyRequest.cors(HeaderFields.of("Origin", origin))));
        assertEquals(List.of("Vary: Origin"), Lines.of(everyRequest.cors(HeaderFields.of())));
    }

    @Test
    void adds_nothing_when_the_list_is_empty() {
        OriginRules own = OriginRules.forEveryRequest(" ");

        assertEquals(List.of(), Lines.of(own.cors(HeaderFields.of("Origin", "http://gate.example:3060"))));
        assertTrue(own.permit("POST", Lines.LOCAL, HeaderFields.of("Origin", "http://gate.example:3060")));
    }

    @Test
    void permits_what_was_asked_when_a_listed_origin_sends_a_preflight() {
        assertEquals(
                List.of(
                        "Access-Control-Allow-Origin: http://localhost:5173",
                        "Access-Control-Allow-Credentials: true",
                        "Vary: Origin",
                        "Access-Control-Allow-Methods: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
                        "Access-Control-Allow-Headers: content-type,x-stainless-os"),
                Lines.of(preflight("http://localhost:5173").orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://gate.example:3060"})
    void permits_nothing_when_another_origin_sends_a_preflight(String origin) {
        assertEquals(List.of("Vary: Origin"), Lines.of(preflight(origin).orElseThrow()));
    }

    @Test
    void permits_no_header_when_a_preflight_asks_for_none() {
        HeaderFields fields =
                HeaderFields.of("Origin", "https://chat.example", "Access-Control-Request-Method", "POST");

        assertEquals(
                4,
                Lines.of(everyRequest.preflight("OPTIONS", fields).orElseThrow())
                        .size());
    }

    @Test
    void answers_no_preflight_when_it_is_none() {
        HeaderFields preflight = preflightFields("https://chat.example");

        assertEquals(Optional.empty(), everyRequest.preflight("POST", preflight));
        assertEquals(
                Optional.empty(), everyRequest.preflight("OPTIONS", HeaderFields.of("Origin", "https://chat.example")));
        assertEquals(
                Optional.empty(),
                everyRequest.preflight("OPTIONS", HeaderFields.of("Access-Control-Request-Method", "POST")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "chat.example",
                "https://",
                "https://chat.example/",
                "https://chat.example/x",
                "https://*.example",
                "https://u@chat.example",
                "https://a.example https://b.example",
                "https://ok.example, *"
            })
    void refuses_to_start_when_a_configured_origin_is_none(String configured) {
        assertThrows(IllegalArgumentException.class, () -> OriginRules.forEveryRequest(configured));
        assertThrows(IllegalArgumentException.class, () -> OriginRules.forHandshakes(configured));
    }

    @Test
    void names_the_way_out_when_refusing() {
        assertTrue(everyRequest.reason().contains("LITELLM_ALLOWED_ORIGIN"));
        assertTrue(everyRequest.reason().contains("Sec-Fetch-Site: same-origin"));
        assertTrue(handshakes.reason().contains("WebSocket"));
    }

    private static Forwarding gate(String host, int port) {
        return new Forwarding(Lines.address("127.0.0.1"), "http", host, port, "127.0.0.1");
    }

    private static HeaderFields handshake(String... more) {
        List<String> fields = new java.util.ArrayList<>(List.of("Connection", "Upgrade", "upgrade", "websocket"));
        fields.addAll(List.of(more));
        return HeaderFields.of(fields.toArray(new String[0]));
    }

    private Optional<HeaderFields> preflight(String origin) {
        return everyRequest.preflight("OPTIONS", preflightFields(origin));
    }

    private static HeaderFields preflightFields(String origin) {
        return HeaderFields.of(
                "Origin", origin,
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "content-type,x-stainless-os");
    }
}
