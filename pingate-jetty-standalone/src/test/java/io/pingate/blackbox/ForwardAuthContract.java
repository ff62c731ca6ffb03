package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.WireResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 13: what the gate says to a proxy that asks about a request. The stage is a furnished one. */
abstract class ForwardAuthContract extends GateContract {
    private static final String ASKED = "X-Original-URI: ";
    private static final String PAGE = "Accept: text/html";

    ForwardAuthContract(Stage stage) {
        super(stage);
    }

    private WireResponse asked(String target, String... lines) throws Exception {
        return ask(stranger("GET", "/pin/auth", with(ASKED + target, lines)));
    }

    private static String[] with(String first, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }

    private void assertNothingWentUp() {
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PROPFIND", "OPTIONS"})
    void who_is_signed_in_is_named(String method) throws Exception {
        WireResponse answer = ask(signedIn(method, "/pin/auth", ASKED + "/a", "Content-Length: 0"));
        assertEquals(204, answer.status(), answer::text);
        assertEquals(List.of(Stage.EMAIL), answer.head().all("X-Trusted-User-Email"));
        assertEquals("no-store", answer.head().first("Cache-Control").orElse(""));
        assertNothingWentUp();
    }

    @Test
    void program_with_a_token_is_let_in() throws Exception {
        assertEquals(204, asked("/a", "X-Pingate-Token: " + Passes.good()).status());
    }

    @Test
    void stranger_is_refused_and_a_page_is_told_the_way() throws Exception {
        WireResponse program = asked("/a");
        assertEquals(401, program.status(), program::text);
        assertFalse(program.head().has("Location"));
        WireResponse page = asked("/a?b", PAGE);
        assertEquals(401, page.status(), page::text);
        assertEquals("/pin?next=/a%3Fb", page.head().first("Location").orElse(""));
        assertFalse(page.head().has("X-Trusted-User-Email"));
        assertNothingWentUp();
    }

    @Test
    void page_is_redirected_when_the_proxy_hands_it_on() throws Exception {
        WireResponse page = ask(stranger("GET", "/pin/auth", "X-Forwarded-Uri: /a", "X-Forwarded-Method: GET", PAGE));
        assertEquals(303, page.status(), page::text);
        assertEquals(
                "http://gate.test/pin?next=/a", page.head().first("Location").orElse(""));
    }

    @Test
    void stranger_is_nobody_on_a_public_path() throws Exception {
        WireResponse answer = asked("/hook/a", "X-Trusted-User-Email: eve@evil.test");
        assertEquals(204, answer.status(), answer::text);
        assertEquals(List.of(""), answer.head().all("X-Trusted-User-Email"));
    }

    /** GHSA-7x63-xv5r-3p2x and its like: what the client says of the target beside what the proxy says. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Uri: /hook/a",
                "X-Original-URL: /hook/a",
                "X-Original-URI: /hook/a",
                "X-Original-URL: https://gate.test/hook/a"
            })
    void contradiction_lets_nobody_in(String line) throws Exception {
        assertEquals(400, asked("/a", line).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Uri: /hook/a",
                "X-Original-URL: /hook/a",
                "X_Original_URI: /hook/a",
                "X-Rewrite-URL: /hook/a",
                "X-HTTP-Method-Override: OPTIONS",
                "X-Forwarded-Method: OPTIONS\r\nOrigin: https://a.test\r\nAccess-Control-Request-Method: GET",
                "X-Trusted-User-Email: " + Stage.EMAIL,
                "Authorization: Basic ZXZlOmV2ZQ=="
            })
    void what_a_client_can_say_opens_nothing(String line) throws Exception {
        int status = ask(stranger("GET", "/pin/auth", line)).status();
        assertEquals(401, status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hook/../a",
                "/hook/%2e%2e/a",
                "/hook/..%2fa",
                "/hook/..;/a",
                "/hook%2f..%2fa",
                "//hook/a",
                "/a?/hook/",
            })
    void target_that_is_read_in_two_ways_is_not_public(String target) throws Exception {
        assertEquals(401, asked(target).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hook/a", "/hook/a#b", "/hook/\u0001", "http:/hook/a", ""})
    void target_that_is_none_is_refused(String target) throws Exception {
        assertEquals(400, asked(target).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pin", "/pin/logout", "/pin/health"})
    void page_of_the_gate_is_not_asked_about(String target) throws Exception {
        assertEquals(403, ask(signedIn("GET", "/pin/auth", ASKED + target)).status());
    }
}
