package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinGateDecideTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    /** From token-vectors.txt: made by openssl, 30 days from NOW. */
    private static final Instant EXPIRES = Instant.ofEpochSecond(1_792_592_000);

    private static final String TOKEN = "1792592000.3d69d47de27a90528d96d9dda0284d8c491820905e1e76e5de183bd8b211412c";

    private static final Decision IN = Decision.Admit.by(new GateToken(EXPIRES), null);
    private static final Decision PUBLIC = Decision.Admit.STRANGER;

    private final PinGateBuilder builder = PinGate.builder()
            .pin(Pin.of("1234"))
            .keys(KeyRing.of(SigningKey.of("secret")))
            .limiter(new RecordingLimiter(0));

    private Decision decide(Requests request) {
        return builder.build().decide(request.build(), NOW);
    }

    private Decision decide(String method, String target, String... headers) {
        return decide(Requests.of(method, target, headers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "trace", "Connect"})
    void refuses_a_method_that_no_gate_passes_even_with_a_cookie(String method) {
        for (String target : List.of("/", "/pin", "/pin/check")) {
            var refuse = assertInstanceOf(Decision.Refuse.class, decide(method, target, "Cookie", "pingate=" + TOKEN));
            assertEquals(405, refuse.status());
            assertEquals("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", refuse.allow());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:3060",
                "localhost.",
                "localhost.:3060",
                "localhost:",
                "demo.localhost:3060",
                "127.0.0.1:3060",
                "127.255.0.9",
                "[::1]:3060",
                "[::1]",
                ""
            })
    void serves_loopback_hosts_when_asked_for_those_only(String host) {
        builder.loopbackHostsOnly(true);
        Requests request =
                Requests.of("GET", "/a", "Cookie", "pingate=" + TOKEN).withHost(host);
        assertEquals(IN, decide(request));
        assertEquals(IN, decide(host.isEmpty() ? request : request.with("Host", host)));
        assertEquals(IN, decide(request.with("X-Forwarded-Host", "localhost, 127.0.0.1:80")));
    }

    /** As of a page that lets its own name lead to 127.0.0.1: even with a cookie, and on each of the gate's pages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:3060",
                "localhost.evil.example",
                "evillocalhost",
                "localhost..",
                "127.0.0.1.evil.example",
                "128.0.0.1",
                "0.0.0.0",
                "[::2]:3060",
                "192.168.1.5:3060",
                "localhost:80:80"
            })
    void refuses_other_hosts_when_loopback_is_asked_for(String host) {
        Requests request = Requests.page("/pin").with("Cookie", "pingate=" + TOKEN);
        assertInstanceOf(Decision.SignedIn.class, decide(request.withHost(host)));
        builder.loopbackHostsOnly(true).publicPaths(List.of("/open"));
        for (String target : List.of("/", "/open", "/pin", "/pin/check", "/pin/logout")) {
            Requests there = new Requests("POST", target, request.headers(), "127.0.0.1", "http", "localhost");
            for (Requests other : List.of(
                    there.withHost(host),
                    there.with("Host", host),
                    there.with("X-Forwarded-Host", host),
                    there.with("Host", host).with("X-Forwarded-Host", "localhost"),
                    there.with("X-Forwarded-Host", "localhost, " + host))) {
                var refuse = assertInstanceOf(Decision.Refuse.class, decide(other));
                assertEquals(421, refuse.status());
                assertTrue(refuse.reason().endsWith(" Set a PIN to open it under this name."), refuse.reason());
            }
        }
        assertEquals(
                new Decision.Healthy(false),
                decide(Requests.of("GET", "/pin/health").withHost(host)));
    }

    private static void assertUnauthorized(Decision decision) {
        assertInstanceOf(Decision.Unauthorized.class, decision);
    }

    @Test
    void passes_a_preflight_without_identity_when_asked_to() {
        Requests preflight =
                Requests.of("OPTIONS", "/api", "Origin", "https://other.test", "Access-Control-Request-Method", "PUT");
        assertUnauthorized(decide(preflight));
        builder.preflights(true);
        assertEquals(PUBLIC, decide(preflight));
        assertEquals(IN, decide(preflight.with("Cookie", "pingate=" + TOKEN)));
        // What a page can send by itself.
        assertUnauthorized(decide("OPTIONS", "/api", "Origin", "https://other.test"));
        assertUnauthorized(decide("OPTIONS", "/api", "Access-Control-Request-Method", "PUT"));
        for (String method : List.of("GET", "POST", "options")) {
            assertUnauthorized(
                    decide(method, "/api", "Origin", "https://other.test", "Access-Control-Request-Method", "PUT"));
        }
        assertInstanceOf(
                Decision.Refuse.class,
                decide("OPTIONS", "/pin", "Origin", "https://other.test", "Access-Control-Request-Method", "PUT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /admin", "GET\t", "G\r\nT", "GE(T", "GET:", "G\u00c4T", "G\0", "{", "/"})
    void takes_no_method_that_is_not_a_token(String method) {
        var fault = assertThrows(IllegalArgumentException.class, () -> decide(method, "/"));
        assertEquals("method: must be one word, as in GET", fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a!#$%&'*+-.^_`|~9Z", "AZaz09"})
    void takes_any_token_for_a_method(String method) {
        assertEquals(IN, decide(method, "/a", "Cookie", "pingate=" + TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "X"})
    void admits_any_other_method_with_a_valid_cookie(String method) {
        assertEquals(IN, decide(method, "/a", "Cookie", "pingate=" + TOKEN));
    }

    @Test
    void admits_when_any_cookie_of_the_name_verifies() {
        assertEquals(IN, decide("GET", "/", "Cookie", "pingate=bad; a=b; pingate=" + TOKEN + "; pingate="));
        assertEquals(IN, decide("GET", "/", "Cookie", "pingate=bad", "cookie", "pingate=" + TOKEN));
    }

    @Test
    void takes_a_bad_cookie_for_none() {
        for (String value : List.of("", "x", TOKEN + "0", "1" + TOKEN, "\u00FF")) {
            assertInstanceOf(Decision.Unauthorized.class, decide("GET", "/", "Cookie", "pingate=" + value));
            assertEquals(
                    new Decision.SignIn("/pin?next=/"),
                    decide(Requests.page("/").with("Cookie", "pingate=" + value)));
            assertEquals(new Decision.TryPin(), decide("POST", "/pin/check", "Cookie", "pingate=" + value));
        }
    }

    @Test
    void reads_only_the_cookie_of_its_own_name() {
        builder.cookieName("other");

        assertInstanceOf(Decision.Unauthorized.class, decide("GET", "/", "Cookie", "pingate=" + TOKEN));
        assertEquals(IN, decide("GET", "/", "Cookie", "other=" + TOKEN));
    }

    @Test
    void refuses_a_token_that_outlives_the_lifetime() {
        builder.sessionLifetime(Duration.ofDays(28));

        assertInstanceOf(Decision.Unauthorized.class, decide("GET", "/", "Cookie", "pingate=" + TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pin", "/pin/check", "/pin/logout"})
    void shows_the_form(String page) {
        assertEquals(new Decision.ShowForm("/", false), decide("GET", page));
        assertEquals(new Decision.ShowForm("/", false), decide("HEAD", page + "?"));
        assertEquals(
                new Decision.ShowForm("/a?b=c&d=%20", false), decide("GET", page + "?x=y&next=/a%3Fb%3Dc%26d%3D%2520"));
        assertEquals(new Decision.ShowForm("/caf%C3%A9", false), decide("GET", page + "?next=/caf%C3%A9"));
        assertEquals(new Decision.ShowForm("/", false), decide("GET", page + "?next=//evil"));
        assertEquals(new Decision.ShowForm("/", false), decide("GET", page, "Cookie", "pingate=" + TOKEN + "0"));
    }

    @Test
    void says_that_one_is_signed_out_where_signing_out_leads() {
        assertEquals(new Decision.ShowForm("/", true), decide("GET", "/pin?signed-out"));
        assertEquals(new Decision.ShowForm("/", false), decide("GET", "/pin/check?signed-out"));
        assertEquals(new Decision.ShowForm("/a", false), decide("GET", "/pin?signed-out&next=/a"));
        assertEquals(
                new Decision.SignedIn("/", EXPIRES), decide("GET", "/pin?signed-out", "Cookie", "pingate=" + TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pin", "/pin/check", "/pin/logout"})
    void shows_a_way_on_when_signed_in(String page) {
        assertEquals(new Decision.SignedIn("/", EXPIRES), decide("GET", page, "Cookie", "pingate=" + TOKEN));
        assertEquals(
                new Decision.SignedIn("/a", EXPIRES), decide("HEAD", page + "?next=/a", "Cookie", "pingate=" + TOKEN));
    }

    @Test
    void takes_the_pin_where_the_form_is() {
        assertEquals(new Decision.TryPin(), decide("POST", "/pin"));
        assertEquals(new Decision.TryPin(), decide("POST", "/pin?next=/a"));
        assertEquals(new Decision.TryPin(), decide("POST", "/pin/check"));
        assertEquals(new Decision.TryPin(), decide("POST", "/pin", "Cookie", "pingate=" + TOKEN));
    }

    @Test
    void is_healthy_without_a_cookie() {
        assertEquals(new Decision.Healthy(false), decide("GET", "/pin/health"));
        assertEquals(new Decision.Healthy(false), decide("HEAD", "/pin/health?x"));
        assertEquals(new Decision.Healthy(true), decide("GET", "/pin/health?upstream"));
        assertEquals(new Decision.Healthy(true), decide("HEAD", "/pin/health?upstream"));
    }

    @ParameterizedTest
    @CsvSource({
        "/pin, PUT, 'GET, HEAD, POST'",
        "/pin, OPTIONS, 'GET, HEAD, POST'",
        "/pin, get, 'GET, HEAD, POST'",
        "/pin, post, 'GET, HEAD, POST'",
        "/pin/health, POST, 'GET, HEAD'",
        "/pin/check, PUT, 'GET, HEAD, POST'",
        "/pin/logout, DELETE, 'GET, HEAD, POST'",
    })
    void refuses_other_methods_on_its_own_pages(String target, String method, String allow) {
        var refuse = assertInstanceOf(Decision.Refuse.class, decide(method, target, "Cookie", "pingate=" + TOKEN));

        assertEquals(405, refuse.status());
        assertEquals(allow, refuse.allow());
    }

    @Test
    void signs_out_from_its_own_page() {
        String cleared = "pingate=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax";

        assertEquals(
                new Decision.SignOut("/pin?signed-out", List.of(cleared)),
                decide("POST", "/pin/logout", "Origin", "http://localhost:3060", "Cookie", "pingate=" + TOKEN));
        assertEquals(
                new Decision.SignOut("/pin?signed-out", List.of(cleared + "; Secure")),
                decide(Requests.of("POST", "/pin/logout").withScheme("https")));
    }

    @Test
    void refuses_to_sign_out_from_another_site() {
        assertInstanceOf(Decision.ForeignForm.class, decide("POST", "/pin/logout", "Origin", "http://evil.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pin/",
                "/pin/x",
                "/pin/check/",
                "/pinx",
                "/PIN",
                "/%70in",
                "/pin;x",
                "//pin",
                "/pin%2Fcheck",
                "/./pin"
            })
    void leaves_every_other_path_to_the_upstream(String target) {
        assertInstanceOf(Decision.Unauthorized.class, decide("GET", target));
        assertEquals(IN, decide("GET", target, "Cookie", "pingate=" + TOKEN));
    }

    @Test
    void lives_under_another_path_when_told_so() {
        builder.gatePath("/_gate/in");

        assertEquals(new Decision.SignIn("/_gate/in?next=/pin"), decide(Requests.page("/pin")));
        assertEquals(new Decision.ShowForm("/", false), decide("GET", "/_gate/in"));
        assertEquals(new Decision.TryPin(), decide("POST", "/_gate/in/check"));
        assertEquals(
                new PinGatePaths("/_gate/in", "/_gate/in/check", "/_gate/in/logout", "/_gate/in/health"),
                builder.build().paths());
    }

    @Test
    void needs_the_pin_when_a_public_path_takes_in_what_never_is() {
        builder.publicPaths(List.of("/api/*"))
                .neverPublic(target -> target.path().equals("/api/llm"));

        assertEquals(PUBLIC, decide("GET", "/api/x"));
        assertEquals(new Decision.Unauthorized("/api/llm"), decide("GET", "/api/llm"));
        assertEquals(IN, decide("GET", "/api/llm", "Cookie", "pingate=" + TOKEN));
    }

    @Test
    void admits_public_paths_without_identity() {
        builder.publicPaths(List.of("/health", "/hooks/*"));

        for (String target : List.of("/health", "/health?x=//", "/hooks/", "/hooks/a/b?c")) {
            assertEquals(PUBLIC, decide("POST", target));
            assertEquals(PUBLIC, decide(Requests.page(target)));
            assertEquals(PUBLIC, decide("GET", target, "Cookie", "pingate=bad"));
            assertEquals(PUBLIC, decide("GET", target, "Cookie", "pingate=" + TOKEN));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/health/",
                "/healthy",
                "/HEALTH",
                "/hooks",
                "/hooksx",
                "/hooks/../admin",
                "/hooks/%2e%2e/admin",
                "/hooks/..",
                "/hooks/..;/admin",
                "/hooks//x",
                "/hooks/a%2Fb",
                "/hooks/\\..\\admin",
                "//health",
                "/health;x",
                "/x?/health",
                "/hooks/\u00E9"
            })
    void keeps_closed_what_is_not_plainly_public(String target) {
        builder.publicPaths(List.of("/health", "/hooks/*"));

        assertInstanceOf(Decision.Unauthorized.class, decide("GET", target));
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/a?b=c&d=e+f, /a%3Fb%3Dc%26d%3De%2Bf",
        "/100%25?x=%26, /100%2525%3Fx%3D%2526",
        "/a?, /a%3F",
        "/caf\u00C3\u00A9, /caf%25C3%25A9",
        "//evil, /",
        "/a/..//evil, /",
        "/%5cevil, /",
        "/a|b, /a%7Cb",
    })
    void sends_a_navigation_to_the_form_with_the_way_back(String target, String next) {
        assertEquals(new Decision.SignIn("/pin?next=" + next), decide(Requests.page(target)));
    }

    @Test
    void comes_back_to_where_it_was_sent_from() {
        String target = "/a%20b/%2F?x=%26+%25&y=z;|{}\"";
        var signIn = assertInstanceOf(Decision.SignIn.class, decide(Requests.page(target)));

        assertEquals(new Decision.ShowForm(target, false), decide("GET", signIn.location()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"document", "iframe", "frame", "fencedframe"})
    void sends_to_the_form_when_the_browser_wants_a_page(String destination) {
        assertEquals(
                new Decision.SignIn("/pin?next=/"), decide(Requests.page("/").with("Sec-Fetch-Dest", destination)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty",
                "script",
                "style",
                "image",
                "font",
                "manifest",
                "serviceworker",
                "worker",
                "websocket",
                "object",
                "",
                "video"
            })
    void answers_401_when_the_browser_wants_part_of_a_page(String destination) {
        assertInstanceOf(Decision.Unauthorized.class, decide(Requests.page("/").with("Sec-Fetch-Dest", destination)));
    }

    /** As a service worker sends it that hands a page's request on; the mode has the last word. */
    @ParameterizedTest
    @ValueSource(strings = {"empty", "object", "embed", "document", ""})
    void sends_to_the_form_when_the_browser_navigates(String destination) {
        assertEquals(
                new Decision.SignIn("/pin?next=/"),
                decide(Requests.page("/").with("Sec-Fetch-Mode", "navigate").with("Sec-Fetch-Dest", destination)));
        assertEquals(
                new Decision.SignIn("/pin?next=/"), decide(Requests.page("/").with("Sec-Fetch-Mode", "navigate")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cors", "no-cors", "same-origin", "websocket", ""})
    void answers_401_when_the_browser_does_not_navigate(String mode) {
        assertEquals(
                new Decision.Unauthorized("/a?b"),
                decide(Requests.page("/a?b").with("Sec-Fetch-Mode", mode).with("Sec-Fetch-Dest", "document")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3060/edit?id=5, /edit?id=5",
        "https://LOCALHOST:3060/, /",
        "http://localhost:3060//evil, /",
        "http://localhost:3060, /",
        "http://localhost/edit, /",
        "http://evil.example/edit, /",
        "localhost:3060/edit, /",
        "://localhost:3060/edit, /",
        "/edit, /",
        "'', /",
    })
    void leads_back_to_the_page_that_sent_something(String referer, String next) {
        assertEquals(new Decision.Unauthorized(next), decide("POST", "/save?a", "Referer", referer));
        assertEquals(new Decision.Unauthorized("/save?a"), decide("GET", "/save?a", "Referer", referer));
        assertEquals(new Decision.Unauthorized("/"), decide("POST", "/save?a"));
    }

    @Test
    void sends_head_to_the_form_too() {
        assertEquals(new Decision.SignIn("/pin?next=/"), decide("HEAD", "/", "accept", "*/*", "Accept", "Text/HTML"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, */*",
        "GET, application/json",
        "GET, text/event-stream",
        "POST, text/html",
        "get, text/html",
        "GET, ''"
    })
    void answers_401_when_nobody_is_looking(String method, String accept) {
        assertInstanceOf(Decision.Unauthorized.class, decide(method, "/", "Accept", accept));
    }

    @Test
    void answers_401_to_a_websocket_handshake() {
        Requests handshake = Requests.page("/ws").with("Connection", "Upgrade");

        assertInstanceOf(Decision.Unauthorized.class, decide(handshake.with("Upgrade", "WebSocket")));
        assertInstanceOf(Decision.Unauthorized.class, decide(handshake.with("Upgrade", "h2c, websocket")));
        assertInstanceOf(Decision.SignIn.class, decide(handshake.with("Upgrade", "h2c")));
    }

    private @Nullable String renewedAfter(Duration age) {
        GateRequest request =
                Requests.of("GET", "/", "Cookie", "pingate=" + TOKEN).build();
        var admit = assertInstanceOf(Decision.Admit.class, builder.build().decide(request, NOW.plus(age)));
        return admit.setCookie();
    }

    @Test
    void never_renews_unless_told_so() {
        assertEquals(null, renewedAfter(Duration.ofDays(29)));
    }

    @Test
    void renews_when_a_day_has_passed() {
        builder.renew(true);

        assertEquals(null, renewedAfter(Duration.ofDays(1).minusSeconds(1)));
        assertEquals(
                "pingate=1792678400.1e6ae2428195a69489a195593eceb6555ade58746ab7bf4a1f850c0f0acd473d"
                        + "; Path=/; Max-Age=2592000; Expires=Thu, 22 Oct 2026 14:13:20 GMT; HttpOnly; SameSite=Lax",
                renewedAfter(Duration.ofDays(1)));
    }

    @Test
    void renews_when_a_tenth_of_a_short_lifetime_has_passed() {
        builder.renew(true).sessionLifetime(Duration.ofSeconds(100));
        TokenCodec codec = new TokenCodec(KeyRing.of(SigningKey.of("secret")), Duration.ofSeconds(100));
        GateRequest request = Requests.of("GET", "/", "Cookie", "pingate=" + codec.encode(codec.issue(NOW)))
                .build();

        GateToken session = new GateToken(NOW.plusSeconds(100));
        assertEquals(Decision.Admit.by(session, null), builder.build().decide(request, NOW.plusSeconds(9)));
        var admit = assertInstanceOf(Decision.Admit.class, builder.build().decide(request, NOW.plusSeconds(10)));
        assertNotNull(admit.setCookie());
        assertEquals(new GateToken(NOW.plusSeconds(110)), admit.session());
    }
}
