package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 2: programs pass by a token. The stage is a furnished one. */
abstract class TokenContract extends GateContract {
    private static final String GOOD = Passes.good();
    private static final String FORGED = GOOD.substring(0, GOOD.length() - 3) + "AAA";
    private static final String CHAT = "/api/llm/v1/chat/completions";

    TokenContract(Stage stage) {
        super(stage);
    }

    static Stream<String> ways() {
        return Stream.of(
                "X-Pingate-Token: " + GOOD,
                "Authorization: Bearer " + GOOD,
                "authorization: bearer  " + GOOD,
                Passes.basic("git", GOOD),
                Passes.basic("", GOOD));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void program_passes_and_its_token_stays_at_the_gate(String line) throws Exception {
        for (String method : List.of("GET", "PROPFIND", "POST")) {
            WireResponse answer = ask(stranger(method, "/a%2Fb?c", line, "Content-Length: 0"));
            assertEquals(200, answer.status(), answer::text);
            assertFalse(answer.head().has("Set-Cookie"), answer.head()::text);
            assertEquals("private", answer.head().first("Cache-Control").orElse(""));
            WireHead up = upstream.next().head();
            assertEquals(method + " /a%2Fb?c HTTP/1.1", up.startLine());
            assertEquals(Stage.EMAIL, up.first("X-Trusted-User-Email").orElse(""));
            assertIsFreeOfTokens(up);
        }
    }

    private static void assertIsFreeOfTokens(WireHead up) {
        assertFalse(up.text().contains("pgt1.") || up.has("X-Pingate-Token") || up.has("Authorization"), up::text);
    }

    /** On a public path and with a cookie nobody asks whether it is good. */
    @Test
    void token_stays_at_the_gate_whoever_sends_it() throws Exception {
        for (String token : List.of(GOOD, FORGED, "pgt1.", "pgt1." + "x".repeat(5000))) {
            String[] lines = {
                "X-Pingate-Token: " + token,
                "X_Pingate_Token: " + token,
                "Authorization: Bearer " + token,
                Passes.basic("x", token),
                "Connection: X-Pingate-Token"
            };
            assertIsFreeOfTokens(passed(stranger("GET", "/hook/a", lines)));
            WireHead known = passed(signedIn("GET", "/a", lines));
            assertIsFreeOfTokens(known);
            assertEquals(Stage.EMAIL, known.first("X-Trusted-User-Email").orElse(""));
            upstream.forget();
        }
    }

    @Test
    void other_credentials_pass_untouched_beside_a_token() throws Exception {
        WireHead up = passed(stranger(
                "GET",
                "/a",
                "X-Pingate-Token: " + GOOD,
                "Authorization: Bearer sk-of-the-tool",
                Passes.basic("x", GOOD),
                "authorization: Basic  dXNlcjpwYXNz"));
        assertEquals(List.of("Bearer sk-of-the-tool", "Basic  dXNlcjpwYXNz"), up.all("Authorization"));
    }

    @Test
    void token_in_a_trailer_opens_nothing_and_reaches_nobody() throws Exception {
        String trailers = "0\r\nX-Pingate-Token: " + GOOD + "\r\nAuthorization: Bearer " + GOOD + "\r\n\r\n";
        String[] lines = {"Transfer-Encoding: chunked", "Trailer: X-Pingate-Token", "TE: trailers"};
        assertEquals(401, ask(stranger("POST", "/a", lines) + trailers).status());
        assertTrue(upstream.heardNothing());
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/a", lines) + trailers);
            Exchange exchange = upstream.next();
            assertFalse((exchange.head().text()
                            + exchange.body().text()
                            + exchange.body().trailers())
                    .contains("pgt1."));
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    static Stream<String> forged() {
        String payload = "0123456789abcDE-\n4000000000\nblack box";
        return Stream.of(
                FORGED,
                GOOD.substring(1),
                GOOD.substring(0, GOOD.length() - 1),
                GOOD + GOOD,
                Cookies.lasting(Duration.ofDays(1)),
                Passes.signed("pgt1.", "pingate-link", payload),
                Passes.signed("pgl1.", "pingate-token", payload),
                Passes.signed("pgt1.", "pingate-token", "no token"),
                "pgt1." + "A".repeat(6000) + GOOD.substring(4));
    }

    /** Each by a client of its own, or they would hold one another up. */
    @ParameterizedTest
    @MethodSource("forged")
    void what_is_no_token_of_this_gate_opens_nothing(String token) throws Exception {
        String address = "X-Forwarded-For: 203.0.113." + (forged().toList().indexOf(token) + 50);
        WireResponse answer = ask(stranger("GET", "/a", "X-Pingate-Token: " + token, address));
        assertEquals(401, answer.status(), answer::text);
        assertTrue(answer.text().contains("This token is none of this gate's."), answer::text);
        assertTrue(answer.text().contains("\"sign_in\":\"/pin\""), answer::text);
        assertTrue(upstream.heardNothing());
    }

    @Test
    void token_is_no_cookie_and_signs_nobody_in() throws Exception {
        assertEquals(401, ask(stranger("GET", "/a", "Cookie: pingate=" + GOOD)).status());
        WireResponse form = ask(stranger("GET", "/pin", "X-Pingate-Token: " + GOOD, "Accept: text/html"));
        assertEquals(200, form.status());
        assertTrue(form.text().contains("name=\"pin\""), form::text);
        assertTrue(upstream.heardNothing());
    }

    @Test
    void doubled_token_opens_nothing() throws Exception {
        WireResponse answer = ask(stranger("GET", "/a", "X-Pingate-Token: " + GOOD, "X-Pingate-Token: " + GOOD));
        assertEquals(401, answer.status());
        assertTrue(answer.text().contains("Send one token, once."), answer::text);
        assertTrue(upstream.heardNothing());
    }

    /** Its program asks every second, and must not lock its owner out. */
    @Test
    void expired_token_is_told_so_and_uses_up_no_tries() throws Exception {
        String address = "X-Forwarded-For: 203.0.113.40";
        for (int i = 0; i < 40; i++) {
            WireResponse answer =
                    ask(stranger("GET", "/a", "X-Pingate-Token: " + Passes.token(Duration.ofSeconds(-1)), address));
            assertEquals(401, answer.status());
            assertTrue(answer.text().contains("This token has expired."), answer::text);
        }
        assertTrue(upstream.heardNothing());
        assertEquals(303, new Visitor(stage).tryPin(Stage.PIN, address).status());
    }

    @Test
    void forged_tokens_are_held_up_and_good_ones_never() throws Exception {
        String address = "X-Forwarded-For: 203.0.113.41";
        WireResponse last = null;
        for (int i = 0; i < 6; i++) {
            last = ask(stranger("GET", "/a", "X-Pingate-Token: " + FORGED, address));
        }
        assertEquals(429, last.status());
        assertTrue(Integer.parseInt(last.head().first("Retry-After").orElseThrow()) > 0);
        assertEquals("application/json", last.head().first("Content-Type").orElse(""));
        assertEquals(429, new Visitor(stage).tryPin(Stage.PIN, address).status(), "one budget");
        assertEquals(
                200,
                ask(stranger("GET", "/a", "X-Pingate-Token: " + GOOD, address)).status());
    }

    @Test
    void token_of_other_paths_is_refused_with_the_rule() throws Exception {
        String token = "X-Pingate-Token: " + Passes.token(Duration.ofDays(1), "/api/*", "/x");
        assertEquals(200, ask(stranger("GET", "/api/v1?q", token)).status());
        assertEquals(200, ask(stranger("GET", "/x", token)).status());
        upstream.forget();
        for (String target : List.of("/", "/apis", "/x/y", "/api/%2e%2e/x", "/api/..;/x", "//api/x", "/api//x")) {
            WireResponse answer = ask(stranger("GET", target, token));
            assertEquals(403, answer.status(), target);
            assertTrue(answer.text().contains("/api/*, /x"), answer::text);
        }
        assertTrue(upstream.heardNothing());
    }

    @Test
    void program_of_an_llm_sends_the_token_as_its_key() throws Exception {
        String key = "Authorization: Bearer " + GOOD;
        WireResponse answer =
                ask(stranger("POST", CHAT, key, "Content-Type: application/json", "Content-Length: 2") + "{}");
        assertEquals(200, answer.status(), answer::text);
        WireHead up = upstream.next().head();
        assertEquals(List.of("Bearer " + Stage.LLM_KEY), up.all("Authorization"));
        assertFalse(up.text().contains("pgt1."), up::text);
        upstream.forget();
        for (String origin : List.of("https://evil.test", "null")) {
            assertEquals(
                    403,
                    ask(stranger("POST", CHAT, key, "Origin: " + origin, "Content-Length: 0"))
                            .status());
        }
        WireResponse expired = ask(stranger(
                "POST", CHAT, "Authorization: Bearer " + Passes.token(Duration.ofSeconds(-1)), "Content-Length: 0"));
        assertEquals(
                "{\"error\":{\"message\":\"This token has expired.\",\"type\":\"authentication_error\",\"code\":\"sign_in_required\"},\"sign_in\":\"/pin\"}",
                expired.text());
        assertTrue(upstream.heardNothing());
    }

    @Test
    void socket_opens_with_a_token() throws Exception {
        String[] handshake = {
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            Passes.basic("x", GOOD)
        };
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(stranger("GET", "/ws", handshake));
            Exchange exchange = upstream.next();
            assertIsFreeOfTokens(exchange.head());
            exchange.send(WireHead.of(
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
            assertEquals(101, client.in().head().status());
            exchange.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"git/2.43.0", "rclone/v1.60.1", "curl/8.5.0"})
    void program_is_asked_for_its_token(String agent) throws Exception {
        WireHead answer = ask(stranger(
                        "GET", "/repo/info/refs?service=git-upload-pack", "User-Agent: " + agent, "Accept: */*"))
                .head();
        assertEquals(401, answer.status());
        assertEquals(
                List.of("Basic realm=\"pingate\", charset=\"UTF-8\"", "Pingate realm=\"pingate\""),
                answer.all("WWW-Authenticate"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User-Agent: Mozilla/5.0 (X11; Linux x86_64)",
                "User-Agent: curl/8.5.0\r\nSec-Fetch-Mode: cors",
                "User-Agent: curl/8.5.0\r\nOrigin: http://gate.test",
                "User-Agent: curl/8.5.0\r\nAccept: text/html\r\nX-Pingate-Token: pgt1.x\r\nX-Pingate-Token: y",
                "User-Agent: AppleCoreMedia/1.0.0.21E236",
                "X-No: agent"
            })
    void browser_is_asked_for_no_password(String lines) throws Exception {
        WireHead answer =
                ask(stranger("POST", "/a", lines, "Content-Length: 0")).head();
        assertEquals(401, answer.status());
        assertEquals(List.of("Pingate realm=\"pingate\""), answer.all("WWW-Authenticate"));
    }
}
