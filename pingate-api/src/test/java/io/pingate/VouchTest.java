package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VouchTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final KeyRing KEYS = KeyRing.of(SigningKey.of("secret"));
    /** From token-vectors.txt. */
    private static final String COOKIE =
            "pingate=1792592000.3d69d47de27a90528d96d9dda0284d8c491820905e1e76e5de183bd8b211412c";

    private static final Decision STRANGER = Decision.Admit.STRANGER;

    private final PinGateBuilder builder = PinGate.builder()
            .pin(Pin.of("1234"))
            .keys(KEYS)
            .limiter(new RecordingLimiter(1))
            .publicPaths(List.of("/hook/*"));

    private Decision vouch(Requests request, boolean certain) {
        return builder.build().vouch(new HeldRequest(request.build(), certain, ""), NOW);
    }

    private static String token(String path) {
        AccessToken token = AccessToken.fresh("t", NOW.plus(Duration.ofDays(1)), List.of(path));
        return new AccessTokens(KEYS).sign(token, NOW);
    }

    @Test
    void lets_in_who_is_signed_in_wherever_it_goes() {
        for (boolean certain : new boolean[] {true, false}) {
            assertTrue(
                    assertInstanceOf(Decision.Admit.class, vouch(Requests.of("POST", "/a", "Cookie", COOKIE), certain))
                            .signedIn());
        }
    }

    @Test
    void public_path_counts_when_the_target_is_certain() {
        assertEquals(STRANGER, vouch(Requests.of("GET", "/hook/a"), true));
        assertEquals(STRANGER, vouch(Requests.of("GET", "/hook/a", "Cookie", COOKIE), true));
        assertInstanceOf(Decision.Unauthorized.class, vouch(Requests.of("GET", "/hook/a"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hook/../a",
                "/hook/%2e%2e/a",
                "/hook/%2E./a",
                "/hook/..;/a",
                "/hook//../a",
                "//hook/a",
                "/Hook/a"
            })
    void target_that_somebody_reads_otherwise_is_not_public(String target) {
        assertInstanceOf(Decision.Unauthorized.class, vouch(Requests.of("GET", target), true));
    }

    @Test
    void token_for_some_paths_counts_when_the_target_is_certain() {
        Requests request = Requests.of("GET", "/api/a", "X-Pingate-Token", token("/api/*"));
        assertInstanceOf(Decision.Admit.class, vouch(request, true));
        assertInstanceOf(Decision.Refuse.class, vouch(request, false));
    }

    @Test
    void page_is_sent_to_the_form_with_the_way_back() {
        assertEquals(new Decision.SignIn("/pin?next=/a%3Fb"), vouch(Requests.page("/a?b"), false));
    }

    @Test
    void page_of_another_host_is_sent_to_the_gate_and_back() {
        GateRequest request = Requests.page("/a")
                .withScheme("https")
                .withHost("notes.example.org")
                .build();
        HeldRequest held = new HeldRequest(request, true, "https://auth.example.org");
        assertEquals(
                new Decision.SignIn("https://auth.example.org/pin?next=https%3A//notes.example.org/a"),
                builder.cookieDomain("example.org").build().vouch(held, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/pin", "/pin?next=/a", "/pin/check", "/pin/logout", "/pin/health", "/pin/auth", "/pin/link/x"})
    void page_of_the_gate_is_behind_no_proxy_that_asks(String target) {
        for (String method : List.of("GET", "POST")) {
            Decision decision = vouch(Requests.of(method, target, "Cookie", COOKIE), true);
            assertEquals(403, assertInstanceOf(Decision.Refuse.class, decision).status());
        }
    }

    @Test
    void preflight_passes_where_preflights_do() {
        Requests preflight =
                Requests.of("OPTIONS", "/a", "Origin", "https://other.test", "Access-Control-Request-Method", "PUT");
        assertInstanceOf(Decision.Unauthorized.class, vouch(preflight, true));
        builder.preflights(true);
        assertEquals(STRANGER, vouch(preflight, true));
    }

    @Test
    void method_that_nobody_may_use_is_refused() {
        assertEquals(
                405,
                assertInstanceOf(Decision.Refuse.class, vouch(Requests.of("TRACE", "/a", "Cookie", COOKIE), true))
                        .status());
    }

    @Test
    void foreign_name_is_refused_with_the_sample_pin() {
        builder.loopbackHostsOnly(true);
        Requests request = Requests.of("GET", "/hook/a", "Host", "evil.test").withHost("evil.test");
        assertEquals(
                421,
                assertInstanceOf(Decision.Refuse.class, vouch(request, true)).status());
    }
}
