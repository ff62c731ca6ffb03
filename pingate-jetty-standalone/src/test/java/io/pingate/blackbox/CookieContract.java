package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import io.pingate.testing.WireResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 2: who has a cookie and who has none. */
abstract class CookieContract extends GateContract {
    private static final String HTML = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

    CookieContract(Stage stage) {
        super(stage);
    }

    @Test
    void upstream_answers_when_cookie_is_good() throws Exception {
        WireResponse answer = ask(signedIn("GET", "/hello"));
        assertEquals(200, answer.status());
        assertEquals("ok", answer.text());
        assertEquals("/hello", upstream.next().head().target());
    }

    static Stream<String> badValues() {
        String good = Cookies.lasting(Duration.ofDays(1));
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                "",
                "garbage",
                ".",
                good.substring(0, good.length() - 1),
                good + "0",
                good.replaceFirst("\\.", ".."),
                good.toUpperCase(Locale.ROOT),
                good.substring(0, good.indexOf('.') + 1) + "0".repeat(64),
                Cookies.signed(String.valueOf(now - 1)),
                Cookies.signed(String.valueOf(now + Duration.ofDays(32).toSeconds())),
                Cookies.signed("-" + now),
                Cookies.signed("+" + (now + 1_000)),
                Cookies.signed(" " + (now + 1_000)),
                Cookies.signed("9".repeat(30)),
                Cookies.signed("1e10"),
                "9".repeat(5_000) + "." + "a".repeat(64));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void cookie_is_as_none_when_value_is(String value) throws Exception {
        WireResponse answer = ask(stranger("GET", "/private", HTML, "Cookie: pingate=" + value));
        assertEquals(303, answer.status(), answer.head()::text);
        assertEquals("/pin?next=/private", decodedLocation(answer));
        assertTrue(upstream.heardNothing());
    }

    @Test
    void any_cookie_will_do_when_several_have_the_name() throws Exception {
        String one = "Cookie: pingate=garbage; " + stage.cookie() + "; pingate=1.2";
        assertEquals(200, ask(stranger("GET", "/", one)).status());
        assertEquals(
                200,
                ask(stranger("GET", "/", "Cookie: pingate=garbage", "Cookie: " + stage.cookie()))
                        .status());
        assertEquals(200, ask(stranger("GET", "/", "cookie:" + stage.cookie())).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void navigation_is_led_to_the_form_when_there_is_no_cookie(String method) throws Exception {
        try (RawClient client = stage.client()) {
            client.send(stranger(method, "/notes/a%2Fb?x=1&y=%20", HTML));
            WireResponse answer = method.equals("HEAD") ? client.responseToHead() : client.response();
            assertEquals(303, answer.status());
            assertTrue(answer.head().first("Location").orElse("").startsWith("/pin?next="), answer.head()::text);
            assertEquals("/pin?next=/notes/a%2Fb?x=1&y=%20", decodedLocation(answer));
            assertEquals("no-store", answer.head().first("Cache-Control").orElse(""));
        }
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | Accept: */*",
                "GET | Accept: application/json",
                "GET | Accept: text/event-stream",
                "GET | X-No-Accept: at-all",
                "POST | Accept: application/json",
                "PROPFIND | Accept: */*",
                "GET | Sec-Fetch-Mode: navigate",
            })
    void api_call_gets_401_when_there_is_no_cookie(String method, String line) throws Exception {
        assertIsToldToSignIn(ask(stranger(method, "/api/notes", line, "Content-Length: 0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "image", "manifest", "serviceworker", "script", "style", "worker"})
    void sub_resource_gets_401_when_there_is_no_cookie(String destination) throws Exception {
        String[] lines = {"Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: " + destination};
        assertIsToldToSignIn(ask(stranger("GET", "/x", "Accept: */*", lines[0], lines[1])));
        WireResponse page = ask(stranger("GET", "/x", "Accept: text/html", lines[0], lines[1]));
        assertIsUnauthorized(page);
        assertLeadsToTheForm(page, "/x");
    }

    /** A session that ended while somebody filled a form in. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "OPTIONS", "PROPFIND"})
    void page_leads_to_the_form_when_what_was_sent_is_not_let_in(String method) throws Exception {
        WireResponse page = ask(stranger(
                method,
                "/save",
                "Accept: text/html,*/*",
                "Sec-Fetch-Mode: navigate",
                "Referer: http://gate.test/edit?id=5",
                "Content-Length: 0"));
        assertIsUnauthorized(page);
        assertLeadsToTheForm(page, "/edit?id=5");
    }

    /** A service worker that hands a page's request on calls its destination empty. */
    @ParameterizedTest
    @ValueSource(strings = {"document", "empty", "iframe"})
    void navigation_is_led_to_the_form_when_its_destination_is(String destination) throws Exception {
        WireResponse answer =
                ask(stranger("GET", "/x", HTML, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: " + destination));
        assertEquals(303, answer.status());
        assertEquals("/pin?next=/x", decodedLocation(answer));
    }

    /** Java's CookieManager sends it so (RFC 6265 section 4.1.1, RFC 2965 section 3.3.4). */
    @Test
    void cookie_opens_and_stays_here_when_quoted() throws Exception {
        String quoted = stage.cookie().replaceFirst("=(.*)", "=\"$1\"");
        assertEquals(
                List.of(),
                passed(stranger("GET", "/", "Cookie: $Version=\"1\"; " + quoted + "; $Path=\"/\""))
                        .all("Cookie"));
        assertEquals(
                List.of("$Version=\"1\"; a=\"b\"; $Path=\"/\""),
                passed(stranger(
                                "GET",
                                "/",
                                "Cookie: $Version=\"1\"; " + quoted + "; $Path=\"/\"; a=\"b\"; $Path=\"/\""))
                        .all("Cookie"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"document", "iframe"})
    void page_is_led_to_the_form_when_fetched_as(String destination) throws Exception {
        assertEquals(
                303,
                ask(stranger("GET", "/x", HTML, "Sec-Fetch-Dest: " + destination))
                        .status());
    }

    @Test
    void answer_leaves_no_body_behind_when_upload_is_refused() throws Exception {
        try (RawClient client = stage.client()) {
            client.send(stranger("POST", "/upload", "Content-Length: 46")
                    + "GET /smuggled HTTP/1.1\r\nHost: gate.test\r\n\r\n1");
            assertEquals(401, client.response().status());
        }
        assertTrue(upstream.heardNothing());
    }

    private void assertIsToldToSignIn(WireResponse answer) {
        assertIsUnauthorized(answer);
        assertTrue(answer.head().first("Content-Type").orElse("").startsWith("application/json"), answer.head()::text);
        assertEquals("{\"error\":\"sign-in required\",\"sign_in\":\"/pin\"}", answer.text());
    }

    private void assertIsUnauthorized(WireResponse answer) {
        assertEquals(401, answer.status());
        assertEquals("sign-in", answer.head().first("X-Pingate").orElse(""));
        assertEquals(
                "Pingate realm=\"pingate\"",
                answer.head().first("WWW-Authenticate").orElse(""));
        assertEquals(List.of(), answer.head().all("Location"));
        assertFalse(answer.head().has("Set-Cookie"));
        assertTrue(upstream.heardNothing());
    }

    private static void assertLeadsToTheForm(WireResponse page, String next) {
        assertTrue(page.head().first("Content-Type").orElse("").startsWith("text/html"), page.head()::text);
        assertTrue(page.text().contains("method=\"post\" action=\"/pin\""), page::text);
        assertTrue(page.text().contains("name=\"next\" value=\"" + next + "\""), page::text);
        assertTrue(page.text().contains("<a href=\"/pin?next="), page::text);
    }

    private static String decodedLocation(WireResponse answer) {
        String location = answer.head().first("Location").orElse("");
        int next = location.indexOf("next=") + 5;
        return location.substring(0, next) + URLDecoder.decode(location.substring(next), StandardCharsets.ISO_8859_1);
    }
}
