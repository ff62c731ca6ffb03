package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSignInTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final KeyRing KEYS = KeyRing.of(SigningKey.of("secret"));
    private static final AccessToken TOKEN = token(List.of());
    private static final String TEXT = text(TOKEN);
    private static final Decision IN = Decision.Admit.by(TOKEN);
    private static final String FORGED = TEXT.substring(0, TEXT.length() - 2) + "AA";
    /** From token-vectors.txt. */
    private static final String COOKIE =
            "pingate=1792592000.3d69d47de27a90528d96d9dda0284d8c491820905e1e76e5de183bd8b211412c";

    private final RecordingLimiter limiter = new RecordingLimiter(1);
    private final PinGateBuilder builder =
            PinGate.builder().pin(Pin.of("1234")).keys(KEYS).limiter(limiter).renew(true);

    private static AccessToken token(List<String> paths) {
        return AccessToken.fresh("backup", NOW.plus(Duration.ofDays(9)), paths);
    }

    private static String text(AccessToken token) {
        return new AccessTokens(KEYS).sign(token, NOW);
    }

    private static String basic(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private Decision decide(Requests request) {
        return builder.build().decide(request.build(), NOW);
    }

    private Decision decide(String... headers) {
        return decide(Requests.of("GET", "/a", headers));
    }

    private Decision.Unauthorized unauthorized(String... headers) {
        return assertInstanceOf(Decision.Unauthorized.class, decide(headers));
    }

    @Test
    void program_is_let_in_wherever_it_sends_its_token() {
        for (String name : List.of("X-Pingate-Token", "x-pingate-token")) {
            assertEquals(IN, decide(name, TEXT));
            assertEquals(IN, decide(name, " " + TEXT + "\t"));
        }
        for (String bearer : List.of("Bearer ", "bearer ", "BEARER   ", " Bearer\t")) {
            assertEquals(IN, decide("authorization", bearer + TEXT));
        }
        for (String user : List.of("", "git", "Zoë", "a b")) {
            assertEquals(IN, decide("Authorization", "Basic " + basic(user + ":" + TEXT)));
            assertEquals(
                    IN,
                    decide("Authorization", "bASIC " + basic(user + ":" + TEXT).replace("=", "")));
        }
        assertEquals(List.of(), limiter.calls);
    }

    /** As a browser's address, too: a token answers for itself. */
    @Test
    void page_is_let_in_with_a_token() {
        assertEquals(IN, decide(Requests.page("/a").with("X-Pingate-Token", TEXT)));
        assertEquals(IN, decide(Requests.of("DELETE", "/a", "X-Pingate-Token", TEXT, "Origin", "https://evil.test")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer sk-1234",
                "Bearerpgt1.x",
                "Bearer xpgt1.x",
                "Bearer PGT1.x",
                "Basic",
                "Basic !!!",
                "Basic dXNlcjpwYXNz",
                "Basic cGd0MS54",
                "Basic cGd0MS54Og==",
                "Digest pgt1.x",
                "pgt1.x",
                "Token pgt1.x",
                ""
            })
    void what_is_for_others_in_authorization_is_no_try(String value) {
        Decision.Unauthorized answer = unauthorized("Authorization", value);
        assertNull(answer.reason());
        assertFalse(TokenFields.isOwn(value));
        assertEquals(List.of(), limiter.calls);
    }

    @Test
    void own_credentials_are_known_whether_they_are_good_or_not() {
        for (String token : List.of(TEXT, FORGED, "pgt1.", "pgt1.x, Basic y")) {
            assertTrue(TokenFields.isOwn("Bearer " + token));
            assertTrue(TokenFields.isOwn("Basic " + basic("a:" + token)));
            assertTrue(TokenFields.isOwn(
                    "Basic " + basic("a?>:" + token).replace('+', '-').replace('/', '_')));
            assertTrue(TokenFields.isOwn("Basic " + basic(":" + token).replace("Z", "Z ")));
        }
    }

    @Test
    void forged_token_is_refused_and_counted_until_the_tries_are_used_up() {
        assertEquals(
                "This token is none of this gate's.",
                unauthorized("X-Pingate-Token", FORGED).reason());
        assertEquals(List.of("reserve 192.0.2.1"), limiter.calls);
        Requests again = Requests.of("POST", "/a", "X-Pingate-Token", FORGED, "Referer", "http://localhost:3060/b");
        assertEquals(new Decision.Throttled(RecordingLimiter.WAIT, "/b"), decide(again));
        // A good one is never held up.
        assertEquals(IN, decide("X-Pingate-Token", TEXT));
        assertEquals(2, limiter.calls.size());
    }

    @Test
    void forged_token_is_counted_against_the_holder_of_a_cookie_that_has_expired() {
        TokenCodec codec = new TokenCodec(KEYS, Duration.ofDays(30));
        String expired = codec.encode(new GateToken(NOW.minusSeconds(1)));
        unauthorized("X-Pingate-Token", FORGED, "Cookie", "pingate=" + expired);
        assertTrue(limiter.calls.get(0).startsWith("reserve Holder"), limiter.calls::toString);
    }

    /** Its program repeats it, and must not lock its owner out. */
    @Test
    void token_that_is_over_is_refused_with_its_reason_and_no_try() {
        AccessToken expired = new AccessToken(TOKEN.id(), "backup", NOW.plusSeconds(1), List.of());
        String text = text(expired);
        Decision.Unauthorized refused = assertInstanceOf(
                Decision.Unauthorized.class,
                builder.build()
                        .decide(
                                Requests.of("GET", "/a", "X-Pingate-Token", text)
                                        .build(),
                                NOW.plusSeconds(1)));
        assertEquals("This token has expired.", refused.reason());
        assertEquals("/a", refused.next());
        builder.tokenStanding(token -> token.equals(TOKEN) ? TokenStanding.REVOKED : TokenStanding.GOOD);
        assertEquals(
                "This token was revoked.", unauthorized("X-Pingate-Token", TEXT).reason());
        builder.keys(KEYS.withEpoch(1));
        assertEquals(
                "This token has ended, since everybody was signed out.",
                unauthorized("X-Pingate-Token", TEXT).reason());
        assertEquals(List.of(), limiter.calls);
    }

    @Test
    void token_opens_nothing_when_nobody_knows_whether_it_was_revoked() {
        builder.tokenStanding(token -> TokenStanding.UNKNOWN);
        Decision.Refuse refused = assertInstanceOf(Decision.Refuse.class, decide("X-Pingate-Token", TEXT));
        assertEquals(503, refused.status());
        assertTrue(refused.reason().contains("revoked"), refused.reason());
    }

    @Test
    void several_tokens_are_none() {
        for (Decision.Unauthorized answer : List.of(
                unauthorized("X-Pingate-Token", TEXT, "X-Pingate-Token", TEXT),
                unauthorized("Authorization", "Bearer " + TEXT, "Authorization", "Basic " + basic("a:" + TEXT)))) {
            assertEquals("Send one token, once.", answer.reason());
        }
        assertEquals(IN, decide("Authorization", "Basic " + basic("a:b"), "Authorization", "Bearer " + TEXT));
        assertEquals(IN, decide("X-Pingate-Token", TEXT, "Authorization", "Bearer " + FORGED));
        assertEquals(List.of(), limiter.calls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X_Pingate_Token", "X-Pingate-Tokens", "Pingate-Token", "Proxy-Authorization", "Cookie"})
    void token_is_not_looked_for_in(String name) {
        assertNull(unauthorized(name, TEXT).reason());
        assertNull(unauthorized("Cookie", "pingate=" + TEXT).reason());
    }

    @Test
    void cookie_is_no_token() {
        assertEquals(
                "This token is none of this gate's.",
                unauthorized("X-Pingate-Token", COOKIE.substring("pingate=".length()))
                        .reason());
    }

    @Test
    void token_is_not_judged_where_a_cookie_opens() {
        Decision.Admit admit =
                assertInstanceOf(Decision.Admit.class, decide("Cookie", COOKIE, "X-Pingate-Token", FORGED));
        assertNull(admit.token());
        assertEquals(List.of(), limiter.calls);
    }

    @Test
    void token_is_not_judged_on_a_public_path_or_the_gates_own_pages() {
        builder.publicPaths(List.of("/open"));
        for (String token : List.of(TEXT, FORGED)) {
            assertEquals(Decision.Admit.STRANGER, decide(Requests.of("GET", "/open", "X-Pingate-Token", token)));
            assertEquals(
                    new Decision.ShowForm("/", false), decide(Requests.of("GET", "/pin", "X-Pingate-Token", token)));
            assertInstanceOf(
                    Decision.SignOut.class, decide(Requests.of("POST", "/pin/logout", "X-Pingate-Token", token)));
            assertInstanceOf(Decision.TryPin.class, decide(Requests.of("POST", "/pin", "X-Pingate-Token", token)));
        }
        assertEquals(List.of(), limiter.calls);
    }

    @Test
    void token_is_refused_with_the_rule_when_it_is_for_other_paths() {
        AccessToken api = token(List.of("/api/*", "/x"));
        builder.contextPath("/app");
        assertEquals(Decision.Admit.by(api), decide(Requests.of("PUT", "/app/api/a", "X-Pingate-Token", text(api))));
        Decision.Refuse refused = assertInstanceOf(
                Decision.Refuse.class, decide(Requests.of("GET", "/app/b", "X-Pingate-Token", text(api))));
        assertEquals(403, refused.status());
        assertEquals("This token is for other paths: /api/*, /x, written without escapes.", refused.reason());
        builder.contextPath("");
        assertInstanceOf(Decision.Refuse.class, decide(Requests.of("GET", "/app/api/a", "X-Pingate-Token", text(api))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git/2.43.0",
                "curl/8.5.0",
                "rclone/v1.60",
                "davfs2/1.6.1 neon/0.32.5",
                "Microsoft-WebDAV-MiniRedir/10"
            })
    void program_is_asked_for_a_password(String agent) {
        assertTrue(unauthorized("User-Agent", agent, "Accept", "*/*").asksForPassword());
        assertTrue(unauthorized("User-Agent", agent, "X-Pingate-Token", FORGED).asksForPassword());
        assertTrue(unauthorized(
                        "User-Agent",
                        agent,
                        "Authorization",
                        "Basic " + basic("a:" + FORGED + "x"),
                        "X-Pingate-Token",
                        TEXT,
                        "X-Pingate-Token",
                        TEXT)
                .asksForPassword());
    }

    /** Each of these alone shows that there may be a browser, which would open a window. */
    @Test
    void browser_is_never_asked_for_a_password() {
        List<String> program = List.of("User-Agent", "curl/8.5.0");
        for (List<String> sign : List.of(
                List.of("Sec-Fetch-Site", "none"),
                List.of("sec-fetch-mode", "cors"),
                List.of("Origin", "null"),
                List.of("Upgrade", "websocket"),
                List.of("Accept", "text/html, */*"))) {
            List<String> headers = new ArrayList<>(program);
            headers.addAll(sign);
            Requests request = Requests.of("POST", "/a", headers.toArray(String[]::new));
            assertFalse(
                    assertInstanceOf(Decision.Unauthorized.class, decide(request))
                            .asksForPassword(),
                    sign::toString);
        }
        for (String agent : List.of("Mozilla/5.0 (X11)", " mozilla/4.0", "AppleCoreMedia/1.0.0.21", "", " ")) {
            assertFalse(unauthorized("User-Agent", agent).asksForPassword(), agent);
            assertFalse(unauthorized("User-Agent", agent, "Authorization", "Basic " + basic("a:" + FORGED))
                    .asksForPassword());
            limiter.giveBack(new AttemptSource.Holder(NOW));
        }
        assertFalse(unauthorized().asksForPassword());
        assertTrue(
                unauthorized("User-Agent", "Mozillax".toLowerCase(Locale.ROOT)).asksForPassword());
    }
}
