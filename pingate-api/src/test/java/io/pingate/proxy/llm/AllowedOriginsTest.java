package io.pingate.proxy.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.Lines;
import io.pingate.proxy.SignedIn;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
    private final AllowedOrigins origins =
            AllowedOrigins.of("https://Chat.example/ ,http://localhost:5173, app://obsidian.md".replace("/ ,", ","));

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
        assertTrue(origins.permit("POST", Lines.LOCAL, SignedIn.BY_COOKIE, HeaderFields.of("Origin", origin)));
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
            assertFalse(origins.permit(
                    method,
                    Lines.LOCAL,
                    SignedIn.BY_COOKIE,
                    HeaderFields.of("Origin", origin, "Sec-Fetch-Site", "same-origin")));
        }
    }

    @Test
    void refuses_a_call_when_there_are_two_origins() {
        HeaderFields twice = HeaderFields.of("Origin", "https://chat.example", "Origin", "https://chat.example");

        assertFalse(origins.permit("POST", Lines.LOCAL, SignedIn.BY_COOKIE, twice));
        assertEquals(List.of("Vary: Origin"), Lines.of(origins.answerFields(twice)));
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

        assertEquals(permitted, origins.permit(method, Lines.LOCAL, SignedIn.BY_COOKIE, fields));
    }

    @Test
    void tells_the_page_that_it_may_read_when_its_origin_is_listed() {
        assertEquals(
                List.of(
                        "Access-Control-Allow-Origin: https://chat.example",
                        "Access-Control-Allow-Credentials: true",
                        "Vary: Origin"),
                Lines.of(origins.answerFields(HeaderFields.of("Origin", "https://chat.example"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://gate.example:3060"})
    void tells_only_caches_when_the_origin_is_not_listed(String origin) {
        assertEquals(List.of("Vary: Origin"), Lines.of(origins.answerFields(HeaderFields.of("Origin", origin))));
        assertEquals(List.of("Vary: Origin"), Lines.of(origins.answerFields(HeaderFields.of())));
    }

    @Test
    void adds_nothing_when_the_list_is_empty() {
        AllowedOrigins own = AllowedOrigins.of(" ");

        assertEquals(List.of(), Lines.of(own.answerFields(HeaderFields.of("Origin", "http://gate.example:3060"))));
        assertTrue(own.permit(
                "POST", Lines.LOCAL, SignedIn.BY_COOKIE, HeaderFields.of("Origin", "http://gate.example:3060")));
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
                4, Lines.of(origins.preflight("OPTIONS", fields).orElseThrow()).size());
    }

    @Test
    void answers_no_preflight_when_it_is_none() {
        HeaderFields preflight = preflightFields("https://chat.example");

        assertEquals(Optional.empty(), origins.preflight("POST", preflight));
        assertEquals(Optional.empty(), origins.preflight("OPTIONS", HeaderFields.of("Origin", "https://chat.example")));
        assertEquals(
                Optional.empty(),
                origins.preflight("OPTIONS", HeaderFields.of("Access-Control-Request-Method", "POST")));
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
        assertThrows(IllegalArgumentException.class, () -> AllowedOrigins.of(configured));
    }

    private Optional<HeaderFields> preflight(String origin) {
        return origins.preflight("OPTIONS", preflightFields(origin));
    }

    private static HeaderFields preflightFields(String origin) {
        return HeaderFields.of(
                "Origin", origin,
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "content-type,x-stainless-os");
    }

    @Test
    void program_with_a_token_needs_no_origin_and_gets_away_with_no_foreign_one() {
        AllowedOrigins none = AllowedOrigins.of("");
        assertTrue(none.permit("POST", Lines.LOCAL, SignedIn.BY_TOKEN, HeaderFields.NONE));
        assertTrue(none.permit(
                        "POST", Lines.LOCAL, SignedIn.BY_TOKEN, HeaderFields.of("Origin", "http://gate.example:3060"))
                == none.permit(
                        "POST",
                        Lines.LOCAL,
                        SignedIn.BY_COOKIE,
                        HeaderFields.of("Origin", "http://gate.example:3060")));
        assertFalse(
                none.permit("POST", Lines.LOCAL, SignedIn.BY_TOKEN, HeaderFields.of("Origin", "https://evil.test")));
        assertFalse(none.permit("POST", Lines.LOCAL, SignedIn.BY_COOKIE, HeaderFields.NONE));
    }
}
