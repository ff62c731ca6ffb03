package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 2: the form, the PIN, the cookie and the way out. */
abstract class SignInContract extends GateContract {
    private static final Pattern SET_COOKIE = Pattern.compile(
            "pingate=(\\d+)\\.([0-9a-f]{64}); Path=/; Max-Age=2592000; Expires=([^;]+); HttpOnly; SameSite=Lax(; Secure)?");
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final Duration LIFETIME = Duration.ofDays(30);

    SignInContract(Stage stage) {
        super(stage);
    }

    @Test
    void form_needs_no_script_when_asked_for() throws Exception {
        WireResponse form = ask(stranger("GET", "/pin?next=/notes%3Fa%3D1"));
        assertEquals(200, form.status());
        assertTrue(form.head().first("Content-Type").orElse("").startsWith("text/html"), form.head()::text);
        assertTrue(form.text().contains("method=\"post\" action=\"\""), form::text);
        assertTrue(form.text().contains("name=\"pin\""), form::text);
        assertTrue(form.text().contains("/notes?a=1"), form::text);
        // Its one script makes it easier only; the browser tests sign in without.
        assertTrue(form.text().indexOf("<script>") > form.text().indexOf("</form>"), form::text);
        assertTrue(form.head().first("Content-Security-Policy").orElse("").contains("script-src 'sha256-"));
        assertTrue(upstream.heardNothing());
    }

    /** More of them than any of the servers has threads. */
    @Test
    void guests_are_answered_when_strangers_never_finish_their_forms() throws Exception {
        List<RawClient> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 450; i++) {
                strangers.add(
                        stage.client().send(stranger("POST", "/pin/check", FORM, "Content-Length: 100") + "pin="));
            }
            for (int i = 0; i < 5; i++) {
                assertEquals(200, ask(signedIn("GET", "/")).status());
            }
        } finally {
            for (RawClient stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void form_is_read_when_it_comes_in_pieces() throws Exception {
        try (RawClient client = stage.client()) {
            client.send(stranger("POST", "/pin/check", FORM, "Transfer-Encoding: chunked") + "4\r\npin=\r\n");
            client.send("6\r\n" + Stage.PIN + "\r\n");
            client.send("0\r\n\r\n");
            assertEquals(303, client.response().status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "8\r\npin=" + Stage.PIN, "A\r\npin=" + Stage.PIN + "0\r\n\r\n", "-1\r\n"})
    void form_is_refused_when_its_chunks_cannot_be_read(String chunks) throws Exception {
        try (RawClient client = stage.client()) {
            client.send(stranger("POST", "/pin/check", FORM, "Transfer-Encoding: chunked") + chunks);
            client.halfClose();
            assertIsRefusedAsUnreadable(client);
        }
    }

    @Test
    void form_is_refused_when_it_breaks_off() throws Exception {
        try (RawClient client = stage.client()) {
            client.send(stranger("POST", "/pin/check", FORM, "Content-Length: 100") + "pin=" + Stage.PIN);
            client.halfClose();
            assertIsRefusedAsUnreadable(client);
        }
    }

    private void assertIsRefusedAsUnreadable(RawClient client) throws IOException {
        WireResponse answer = client.response();
        assertEquals(400, answer.status(), answer.head()::text);
        assertEquals("close", answer.head().first("Connection").orElse(""));
        assertFalse(answer.head().has("Set-Cookie"));
        assertFalse(answer.text().isEmpty());
        assertTrue(client.in().ended());
        assertTrue(upstream.heardNothing());
    }

    @Test
    void gate_pages_are_shut_off_from_other_sites_when_shown() throws Exception {
        WireHead form = ask(stranger("GET", "/pin")).head();
        assertEquals("no-store", form.first("Cache-Control").orElse(""));
        assertEquals("nosniff", form.first("X-Content-Type-Options").orElse(""));
        assertEquals("same-origin", form.first("Referrer-Policy").orElse(""));
        String policy = form.first("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertTrue(policy.contains("style-src 'sha256-"), policy);
        assertFalse(form.has("Server"), form::text);
    }

    @Test
    void cookie_lasts_thirty_days_when_pin_is_right() throws Exception {
        WireResponse unlocked = signIn("pin=" + Stage.PIN + "&next=%2Fnotes%3Fa%3D1");
        assertEquals(303, unlocked.status(), unlocked.head()::text);
        assertEquals("/notes?a=1", unlocked.head().first("Location").orElse(""));
        Matcher cookie = SET_COOKIE.matcher(unlocked.head().first("Set-Cookie").orElse(""));
        assertTrue(cookie.matches(), unlocked.head()::text);
        assertEquals(Cookies.hmac(cookie.group(1)), cookie.group(2));
        Duration off =
                Duration.between(Instant.now().plus(LIFETIME), Instant.ofEpochSecond(Long.parseLong(cookie.group(1))));
        assertTrue(off.abs().toSeconds() < 60, () -> "expiry is off by " + off);
        assertFalse(cookie.group(0).contains("Secure"));
        Instant expires = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(cookie.group(3)));
        assertEquals(Long.parseLong(cookie.group(1)), expires.getEpochSecond());

        String value = cookie.group(1) + "." + cookie.group(2);
        assertEquals(200, ask(stranger("GET", "/", "Cookie: pingate=" + value)).status());
    }

    @Test
    void cookie_is_secure_when_client_uses_https() throws Exception {
        WireResponse unlocked = signIn("pin=" + Stage.PIN, "X-Forwarded-Proto: https");
        assertEquals("/", unlocked.head().first("Location").orElse(""));
        assertTrue(unlocked.head().first("Set-Cookie").orElse("").endsWith("; Secure"), unlocked.head()::text);
    }

    @Test
    void form_comes_back_without_cookie_when_pin_is_wrong() throws Exception {
        WireResponse wrong = signIn("pin=000000&next=%2Fnotes", "X-Forwarded-For: 203.0.113.1");
        assertEquals(401, wrong.status());
        assertFalse(wrong.head().has("Set-Cookie"));
        assertTrue(wrong.text().contains("/notes"), wrong::text);
        assertTrue(wrong.text().contains("name=\"pin\""), wrong::text);
        assertFalse(wrong.text().contains("000000"), wrong::text);
        assertTrue(upstream.heardNothing());
    }

    /** A browser stays at the address of the form, so Enter there must lead on. */
    @ParameterizedTest
    @ValueSource(strings = {"/pin", "/pin/check"})
    void address_of_the_form_is_no_dead_end_when_pin_was_wrong(String target) throws Exception {
        WireResponse wrong = signInAt(target + "?next=/notes", "pin=000000", "X-Forwarded-For: 203.0.113.3");
        assertEquals(401, wrong.status());
        assertEquals(
                "Pingate realm=\"pingate\"",
                wrong.head().first("WWW-Authenticate").orElse(""));
        assertTrue(wrong.text().contains("name=\"next\" value=\"/notes\""), wrong::text);
        WireResponse enter = ask(stranger("GET", target + "?next=/notes", "Accept: text/html"));
        assertEquals(200, enter.status());
        assertTrue(enter.text().contains("name=\"next\" value=\"/notes\""), enter::text);
        WireResponse right = signInAt(target + "?next=/notes", "pin=" + Stage.PIN);
        assertEquals("/notes", right.head().first("Location").orElse(""));
    }

    @Test
    void way_back_comes_from_the_query_when_the_form_names_none() throws Exception {
        WireResponse query = signInAt("/pin/check?next=%2Fa%3Fb", "pin=" + Stage.PIN);
        assertEquals("/a?b", query.head().first("Location").orElse(""));
        WireResponse both = signInAt("/pin?next=/a", "pin=" + Stage.PIN + "&next=%2Fb");
        assertEquals("/b", both.head().first("Location").orElse(""));
        WireResponse evil = signInAt("/pin?next=https://evil.test", "pin=" + Stage.PIN);
        assertEquals("/", evil.head().first("Location").orElse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pin", "/pin/check", "/pin/logout"})
    void way_on_and_way_out_are_shown_when_signed_in(String target) throws Exception {
        WireResponse page = ask(signedIn("GET", target + "?next=/notes", "Accept: text/html"));
        assertEquals(200, page.status());
        assertFalse(page.head().has("Set-Cookie"));
        assertTrue(page.text().contains("href=\"/notes\""), page::text);
        assertTrue(page.text().contains("method=\"post\" action=\"/pin/logout\""), page::text);
        assertTrue(upstream.heardNothing());
    }

    @Test
    void pin_counts_for_nothing_when_in_query() throws Exception {
        String query = "/pin/check?pin=" + Stage.PIN;
        WireResponse post = ask(stranger(
                "POST",
                query,
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: 0",
                "X-Forwarded-For: 203.0.113.2"));
        assertEquals(401, post.status());
        assertFalse(post.head().has("Set-Cookie"));
        WireResponse get = ask(stranger("GET", query));
        assertEquals(200, get.status());
        assertTrue(get.text().contains("name=\"pin\""), get::text);
        assertFalse(get.head().has("Set-Cookie"));
        assertTrue(upstream.heardNothing());
    }

    @Test
    void form_is_refused_when_longer_than_four_kib() throws Exception {
        WireResponse answer = signIn("pin=" + Stage.PIN + "&x=" + "y".repeat(4_200));
        assertEquals(413, answer.status());
        assertFalse(answer.head().has("Set-Cookie"));
    }

    @Test
    void form_is_refused_when_chunks_go_beyond_four_kib() throws Exception {
        WireResponse answer = ask(stranger(
                        "POST",
                        "/pin/check",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Transfer-Encoding: chunked")
                + "1068\r\npin=" + Stage.PIN + "&" + "y".repeat(0x1068 - 11) + "\r\n0\r\n\r\n");
        assertEquals(413, answer.status());
        assertFalse(answer.head().has("Set-Cookie"));
    }

    @Test
    void form_is_refused_when_not_a_form() throws Exception {
        String json = "{\"pin\":\"" + Stage.PIN + "\"}";
        WireResponse answer =
                ask(stranger("POST", "/pin/check", "Content-Type: application/json", "Content-Length: " + json.length())
                        + json);
        assertEquals(415, answer.status());
        assertFalse(answer.head().has("Set-Cookie"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.test",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: http://gate.test:1"
            })
    void sign_in_is_refused_when_from_another_site(String line) throws Exception {
        WireResponse answer = signIn("pin=" + Stage.PIN, line);
        assertEquals(403, answer.status());
        assertFalse(answer.head().has("Set-Cookie"));
    }

    /** Which of the tests of another site comes first, nobody knows; the log has had this minute's line already, maybe. */
    @Test
    void log_says_what_did_not_match_when_a_form_is_refused() throws Exception {
        int before = refusals().size();
        long begun = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            signIn("pin=" + Stage.PIN, "Origin: https://evil.test/\"" + "x".repeat(5_000));
        }
        List<String> lines = refusals();
        assertFalse(lines.isEmpty());
        assertTrue(lines.size() - before <= 2 + Promptly.since(begun).toMinutes(), () -> "lines: " + lines);
        for (String line : lines) {
            assertTrue(line.contains("its Origin is \"") || line.contains("its Sec-Fetch-Site is \""), line);
            assertTrue(line.length() < 600, line);
        }
    }

    private List<String> refusals() throws IOException {
        return stage.gate()
                .log()
                .lines()
                .filter(line -> line.contains("A form of the gate's own was refused"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://gate.test", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"})
    void sign_in_works_when_from_the_own_form(String line) throws Exception {
        assertEquals(303, signIn("pin=" + Stage.PIN, line).status());
    }

    @ParameterizedTest
    @CsvSource({
        "%2Fa%252Fb%3Fx%3D%2520, /a%2Fb?x=%20",
        "%2F%C3%A4, /%C3%A4",
        "%2Fa%3Fnext%3Dhttps%3A%2F%2Fb.test, /a?next=https://b.test",
        "%2F%2Fevil.test, /",
        "%2F%5Cevil.test, /",
        "%2Fa%5Cb, /",
        "%2F%255Cevil.test, /",
        "%2F%252Fevil.test, /",
        "%2F.%2F%2Fevil.test, /",
        "%2Fa%2F..%2F%2Fevil.test, /",
        "%2F%252E%2F%2Fevil.test, /",
        "%2F%09%2Fevil.test, /",
        "%2F%0A%2Fevil.test, /",
        "%2F%2509%2Fevil.test, /",
        "https%3A%2F%2Fevil.test, /",
        "javascript%3Aalert(1), /",
        "evil.test, /",
        "'', /"
    })
    void sign_in_leads_to_a_path_of_this_origin_when_next_is(String next, String location) throws Exception {
        WireResponse unlocked = signIn("pin=" + Stage.PIN + "&next=" + next);
        assertEquals(303, unlocked.status());
        assertEquals(location, unlocked.head().first("Location").orElse(""));
        assertTrue(unlocked.head().has("Set-Cookie"));
    }

    @Test
    void sign_in_works_when_the_proxy_lost_the_port() throws Exception {
        assertEquals(
                303,
                signIn("pin=" + Stage.PIN, "Origin: https://gate.test:8443", "Sec-Fetch-Site: same-origin")
                        .status());
    }

    @Test
    void owner_is_not_held_up_when_a_stranger_at_the_same_address_is() throws Exception {
        String address = "X-Forwarded-For: 203.0.113.77";
        for (int i = 0; i < 6; i++) {
            signIn("pin=11111" + i, address);
        }
        assertEquals(429, signIn("pin=" + Stage.PIN, address).status());
        String expired = "Cookie: pingate=1500000000." + Cookies.hmac("1500000000");
        assertEquals(303, signIn("pin=" + Stage.PIN, address, expired).status());
    }

    @Test
    void sign_in_works_when_a_bad_cookie_is_in_the_way() throws Exception {
        assertEquals(
                303,
                signIn("pin=" + Stage.PIN, "Cookie: pingate=garbage; pingate=\"; pingate")
                        .status());
        assertEquals(200, ask(stranger("GET", "/pin", "Cookie: pingate=%%%")).status());
    }

    @Test
    void try_is_throttled_when_five_were_wrong() throws Exception {
        String attacker = "X-Forwarded-For: 203.0.113.66";
        for (int i = 0; i < 5; i++) {
            assertEquals(401, signIn("pin=11111" + i, attacker).status());
        }
        WireResponse right = signIn("pin=" + Stage.PIN, attacker);
        assertEquals(429, right.status());
        assertFalse(right.head().has("Set-Cookie"));
        long wait = Long.parseLong(right.head().first("Retry-After").orElse("0"));
        assertTrue(wait > 0 && wait <= 60, () -> "Retry-After: " + wait);
        assertEquals(200, ask(signedIn("GET", "/", attacker)).status(), "a valid cookie is never held up");
        assertEquals(
                303,
                signIn("pin=" + Stage.PIN, "X-Forwarded-For: 203.0.113.67").status(),
                "another client is not held up");
    }

    @Test
    void cookie_is_cleared_when_signing_out() throws Exception {
        WireResponse out = ask(signedIn("POST", "/pin/logout", "Origin: http://gate.test", "Content-Length: 0"));
        assertEquals(303, out.status());
        String cookie = out.head().first("Set-Cookie").orElse("");
        assertTrue(cookie.startsWith("pingate=; Path=/; Max-Age=0"), cookie);
        assertEquals("\"cache\"", out.head().first("Clear-Site-Data").orElse(""));
        assertEquals("/pin?signed-out", out.head().first("Location").orElse(""));
        assertTrue(upstream.heardNothing());
    }

    @Test
    void form_says_that_one_is_signed_out_where_signing_out_leads() throws Exception {
        WireResponse page = ask(stranger("GET", "/pin?signed-out", "Accept: text/html"));
        assertEquals(200, page.status());
        assertTrue(page.text().contains("role=\"status\">You are signed out."), page::text);
        assertTrue(page.text().contains("name=\"next\" value=\"/\""), page::text);
        assertFalse(ask(stranger("GET", "/pin")).text().contains("signed out"));
    }

    /** In every container, since the frame, the words and the facts are the gate's own. */
    @ParameterizedTest
    @CsvSource({"'uk-UA, en;q=0.5', uk, ltr", "'ar, en', ar, rtl", "zh-TW, zh-Hant, ltr", "'sv, tlh', en, ltr"})
    void pages_speak_the_language_that_the_browser_asks_for(String accepted, String tag, String direction)
            throws Exception {
        for (WireResponse page : List.of(
                ask(stranger("GET", "/pin", "Accept: text/html", "Accept-Language: " + accepted)),
                ask(signedIn("GET", "/pin", "Accept: text/html", "Accept-Language: " + accepted)),
                ask(stranger(
                        "PUT", "/pin", "Accept: text/html", "Accept-Language: " + accepted, "Content-Length: 0")))) {
            assertEquals(tag, page.head().first("Content-Language").orElse(""));
            assertEquals("Accept-Language", page.head().first("Vary").orElse(""));
            assertTrue(page.text().contains("<html lang=\"" + tag + "\" dir=\"" + direction + "\">"), page::text);
            assertTrue(page.text().contains("<p class=\"tool\"><bdi>gate.test</bdi></p>"), page::text);
            assertTrue(page.text().length() < 12 * 1024, "fits one response");
        }
    }

    @Test
    void spaces_and_hyphens_are_forgiven_when_the_pin_is_digits() throws Exception {
        String spaced = Stage.PIN.substring(0, 2) + "+-+" + Stage.PIN.substring(2);
        assertEquals(303, signIn("username=gate.test&pin=" + spaced).status());
    }

    @Test
    void tries_left_are_told_when_a_pin_was_wrong() throws Exception {
        for (int left = 4; left > 0; left--) {
            String page = signIn("pin=1", "X-Forwarded-For: 203.0.113.91").text();
            assertTrue(page.contains("Tries left: " + left), page);
        }
        String last = signIn("pin=1", "X-Forwarded-For: 203.0.113.91").text();
        assertTrue(last.contains("No tries left. Wait a minute."), last);
        WireResponse throttled = signIn("pin=1", "X-Forwarded-For: 203.0.113.91");
        String wait = throttled.head().first("Retry-After").orElse("");
        assertTrue(
                throttled.text().contains("<meta http-equiv=\"refresh\" content=\"" + wait + ";url=/pin?next=/\">"),
                throttled::text);
    }

    @Test
    void sign_out_is_refused_when_from_another_site() throws Exception {
        WireResponse out = ask(signedIn("POST", "/pin/logout", "Origin: https://evil.test", "Content-Length: 0"));
        assertEquals(403, out.status());
        assertFalse(out.head().has("Set-Cookie"));
        WireResponse get = ask(signedIn("GET", "/pin/logout"));
        assertEquals(200, get.status());
        assertFalse(get.head().has("Set-Cookie"));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /pin, 'GET, HEAD, POST'",
        "DELETE, /pin, 'GET, HEAD, POST'",
        "PUT, /pin/check, 'GET, HEAD, POST'",
        "PATCH, /pin/logout, 'GET, HEAD, POST'",
        "POST, /pin/health, 'GET, HEAD'"
    })
    void method_is_refused_with_allow_when_gate_path_has_no_use_for_it(String method, String path, String allow)
            throws Exception {
        WireResponse answer = ask(stranger(method, path, "Content-Length: 0"));
        assertEquals(405, answer.status());
        assertEquals(allow, answer.head().first("Allow").orElse(""));
    }

    @Test
    void health_answers_when_there_is_no_cookie() throws Exception {
        assertEquals(200, ask(stranger("GET", "/pin/health")).status());
        assertTrue(upstream.heardNothing());
    }

    private WireResponse signIn(String form, String... lines) throws IOException {
        return signInAt("/pin/check", form, lines);
    }

    private WireResponse signInAt(String target, String form, String... lines) throws IOException {
        String[] all = new String[lines.length + 2];
        System.arraycopy(lines, 0, all, 0, lines.length);
        all[lines.length] = "Content-Type: application/x-www-form-urlencoded";
        all[lines.length + 1] = "Content-Length: " + form.length();
        return ask(stranger("POST", target, all) + form);
    }
}
