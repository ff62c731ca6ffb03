package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has opened other gates, tried on this one; SECURITY.md tells which. The stage trusts the client as a proxy. */
abstract class KnownAttacksContract extends GateContract {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    KnownAttacksContract(Stage stage) {
        super(stage);
    }

    /** GHSA-7x63-xv5r-3p2x, GHSA-5hvv-m4w4-gf6v: what a field says of the path, or a health check of itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Uri: /hook/x",
                "X-Forwarded-Path: /hook/x",
                "X-Forwarded-Prefix: /hook",
                "X-Original-URL: /hook/x",
                "X-Original-URI: /hook/x",
                "X-Rewrite-URL: /hook/x",
                "X-Auth-Request-Redirect: /hook/x",
                "X-HTTP-Method-Override: OPTIONS",
                "X-Forwarded-Method: OPTIONS",
                "User-Agent: kube-probe/1.33",
                "User-Agent: GoogleHC/1.0",
                "User-Agent: ELB-HealthChecker/2.0",
                "X-Forwarded-User: root",
                "Remote-User: root",
                "Authorization: Basic cm9vdDpyb290"
            })
    void stranger_stays_outside_when_a_field_says_otherwise(String line) throws Exception {
        assertEquals(401, ask(stranger("GET", "/private", line)).status());
        assertEquals(
                401,
                ask(stranger("POST", "/private", line, "Content-Length: 0")).status());
        assertTrue(upstream.heardNothing());
    }

    /** GHSA-7rh7-c77v-6434, GHSA-pxq7-h93f-9jrg, GHSA-p224-6x5r-fjpm, CVE-2020-11989: a public path in another place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/private?/hook/x",
                "/private?next=/hook/x&/healthz",
                "/private#/hook/x",
                "/private%23/hook/x",
                "/private%3F/hook/x",
                "/private;/hook/x",
                "/private/%2e%2e/hook/x/..%2f..%2fprivate",
                "/hook/x/../../private",
                "/hook/x#/../../private",
                "/hook/%23/../../private",
                "/hook/%252e%252e/private",
                "/hook/x/%252e%252e/%252e%252e/private",
                "/hook/;/../private",
                "/hook/%3b/../private",
                "/hook%2fx",
                "/Hook/x",
                "/hooK/x",
                "/HEALTHZ",
                "http://hook/x/private",
                "http://gate.test/private?/hook/x"
            })
    void stranger_stays_outside_when_a_public_path_is_only_part_of_the_target(String target) throws Exception {
        WireResponse answer = ask(stranger("GET", target));
        assertTrue(answer.status() == 401 || answer.status() == 400, answer.head()::text);
        assertTrue(upstream.heardNothing());
    }

    /** CVE-2024-47070: an address that can't be read must not leave a rule out; and nobody gets new tries by it. */
    @Test
    void tries_are_counted_when_the_forwarded_address_cannot_be_read() throws Exception {
        String[] garbage = {"a", "", "999.1.1.1", "::g", "203.0.113.1.evil.test"};
        for (String each : garbage) {
            assertEquals(
                    401,
                    ask(stranger("GET", "/private", "X-Forwarded-For: " + each)).status());
            assertEquals(
                    401,
                    tryPin("pin=000000", "X-Forwarded-For: " + each + ", 203.0.113.51")
                            .status());
        }
        assertEquals(
                429,
                tryPin("pin=" + Stage.PIN, "X-Forwarded-For: b, 203.0.113.51").status());
        assertTrue(upstream.heardNothing());
    }

    /** CVE-2026-25748: a cookie that can't be read is none, and none of the gate's own checks is left out for it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pingate",
                "pingate=",
                "pingate=\"",
                "pingate=\"\"",
                "=pingate=1.2",
                "pingate=%00",
                "pingate=a.b; pingate",
                "$Version=1; pingate=\"1.2",
                ";;;=;pingate;="
            })
    void stranger_stays_outside_when_the_cookie_is_broken(String cookie) throws Exception {
        assertEquals(401, ask(stranger("GET", "/private", "Cookie: " + cookie)).status());
        assertTrue(upstream.heardNothing());
    }

    /**
     * CVE-2020-5233, CVE-2020-11053, CVE-2020-4037, GHSA-cf57-c578-7jvv and what was found in others since: in the form's
     * field, in the query, and on the page that offers a way on.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2F%2Fevil.test",
                "%2F%5Cevil.test",
                "%2F%0D%2Fevil.test",
                "%2F%0B%2Fevil.test",
                "%2F%09%5Cevil.test",
                "%2F%20%2F%2Fevil.test%5C",
                "%2Fa%2F..%2F%5Cevil.test",
                "%2F.%2F%5Cevil.test",
                "%2F%2E%2E%2F%2Fevil.test",
                "%2F%252F%252Fevil.test",
                "javascript%3Aalert(1)",
                "JaVaScRiPt%3A%2F%2F%250aalert(1)",
                "data%3Atext%2Fhtml%2Cx",
                "%09javascript%3Aalert(1)",
                "https%3Aevil.test",
                "%2F%E2%81%84%00evil.test",
                "%00%2F%2Fevil.test"
            })
    void browser_stays_on_this_origin_when_next_is(String next) throws Exception {
        assertStays(tryPin("pin=" + Stage.PIN + "&next=" + next)
                .head()
                .first("Location")
                .orElse(""));
        String query = "/pin?next=" + next;
        assertStays(post(query, "pin=" + Stage.PIN).head().first("Location").orElse(""));
        String page = ask(signedIn("GET", query)).text();
        assertStays(page.replaceAll("(?s).*<a class=\"button\" href=\"([^\"]*)\".*", "$1"));
    }

    private static void assertStays(String location) {
        assertTrue(location.matches("/[!-~]*"), location);
        assertFalse(location.matches("(?s)/[/\\\\].*"), location);
        assertFalse(location.contains("\\"), location);
        assertFalse(location.toLowerCase(Locale.ROOT).startsWith("/%2f"), location);
    }

    /** CVE-2026-40110, CVE-2026-40864, GHSA-328g-jx67-v94g: names compared by their beginning, their case or a mode. */
    @ParameterizedTest
    @CsvSource({
        "403, Origin: http://gate.test.evil.test",
        "403, Origin: http://evil.test/gate.test",
        "403, Origin: http://gate.test@evil.test",
        "403, Origin: http://xgate.test",
        "403, Sec-Fetch-Site: cross-site",
        "403, Sec-Fetch-Site: Same-Origin",
        "303, Origin: http://GATE.test",
        "303, Origin: https://gate.TEST:443"
    })
    void form_is_judged_by_the_whole_origin(int status, String line) throws Exception {
        WireResponse answer = tryPin("pin=" + Stage.PIN, line, "Sec-Fetch-Mode: no-cors");
        assertEquals(status, answer.status(), answer.head()::text);
        assertEquals(status == 303, answer.head().has("Set-Cookie"));
    }

    /** CVE-2026-34454: whoever sees the form is signed out, and whoever is signed in is told so. */
    @Test
    void browser_is_signed_out_when_it_sees_the_form() throws Exception {
        assertFalse(ask(signedIn("GET", "/pin")).text().contains("name=\"pin\""));
        WireHead out = ask(signedIn("POST", "/pin/logout", "Content-Length: 0")).head();
        assertEquals(303, out.status());
        assertTrue(out.first("Set-Cookie").orElse("").startsWith("pingate=; Path=/; Max-Age=0"), out::text);
        assertEquals("/pin?signed-out", out.first("Location").orElse(""));
    }

    private WireResponse tryPin(String form, String... lines) throws Exception {
        return post("/pin/check", form, lines);
    }

    private WireResponse post(String target, String form, String... lines) throws Exception {
        String[] all = new String[lines.length + 2];
        System.arraycopy(lines, 0, all, 0, lines.length);
        all[lines.length] = FORM;
        all[lines.length + 1] = "Content-Length: " + form.length();
        return ask(stranger("POST", target, all) + form);
    }
}
