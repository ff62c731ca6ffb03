package io.pingate.proxy.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.proxy.Lines;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesResponseTest {
    private final HeaderRules rules = HeaderRules.forTool("pingate", IdentityHeaders.none());

    @Test
    void passes_everything_else_verbatim_when_the_tool_answers() {
        assertEquals(
                List.of(
                        "Server: tool",
                        "Date: Thu, 01 Jan 1970 00:00:00 GMT",
                        "Content-Length: 5",
                        "Content-Disposition: attachment; filename=\"a b.txt\"",
                        "content-security-policy: default-src 'self'; script-src \"x\"",
                        "Permissions-Policy: camera=(), geolocation=(self \"https://x\")",
                        "X-Empty: ",
                        "X-Latin: \u00e9",
                        "X-Twice: 1",
                        "x-twice: 2",
                        "Access-Control-Allow-Origin: *",
                        "X-Accel-Buffering: no",
                        "X-Trusted-User-Email: me",
                        "X-Forwarded-For: echo",
                        "Host: echo",
                        "WWW-Authenticate: Basic realm=\"a, b\""),
                Lines.sentDown(
                        rules,
                        "Server",
                        "tool",
                        "Date",
                        "Thu, 01 Jan 1970 00:00:00 GMT",
                        "Content-Length",
                        "5",
                        "Content-Disposition",
                        "attachment; filename=\"a b.txt\"",
                        "content-security-policy",
                        "default-src 'self'; script-src \"x\"",
                        "Permissions-Policy",
                        "camera=(), geolocation=(self \"https://x\")",
                        "X-Empty",
                        "",
                        "X-Latin",
                        "\u00e9",
                        "X-Twice",
                        "1",
                        "x-twice",
                        "2",
                        "Access-Control-Allow-Origin",
                        "*",
                        "X-Accel-Buffering",
                        "no",
                        "X-Trusted-User-Email",
                        "me",
                        "X-Forwarded-For",
                        "echo",
                        "Host",
                        "echo",
                        "WWW-Authenticate",
                        "Basic realm=\"a, b\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "connection",
                "Keep-Alive",
                "Proxy-Connection",
                "Proxy-Authenticate",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade"
            })
    void drops_a_field_when_it_concerns_one_connection(String name) {
        assertEquals(List.of("X: 1"), Lines.sentDown(rules, name, "close", "X", "1"));
    }

    @Test
    void drops_what_connection_names_when_it_stands_before_or_after() {
        assertEquals(
                List.of("X: 1"),
                Lines.sentDown(rules, "X-Hop", "1", "Connection", "x-hop, X-Next", "X", "1", "x-next", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pingate=stolen; Path=/", "pingate=; Max-Age=0", " pingate =x", "=pingate=x"})
    void drops_a_set_cookie_when_it_is_the_gates(String value) {
        assertEquals(
                List.of("Set-Cookie: a=1; Path=/", "set-cookie: pingates=1"),
                Lines.sentDown(rules, "Set-Cookie", "a=1; Path=/", "SET-COOKIE", value, "set-cookie", "pingates=1"));
    }

    @Test
    void is_private_when_somebody_is_signed_in() {
        assertEquals(
                List.of("Expires: Thu, 01 Jan 1970 00:00:00 GMT", "ETag: x", "Cache-Control: private"),
                Lines.sentDown(rules, CacheScope.PRIVATE, "Expires", "Thu, 01 Jan 1970 00:00:00 GMT", "ETag", "x"));
        assertEquals(
                List.of("Vary: *", "Cache-Control: max-age=60, immutable, private"),
                Lines.sentDown(
                        rules,
                        CacheScope.PRIVATE,
                        "cache-control",
                        "public, max-age=60",
                        "Vary",
                        "*",
                        "Cache-Control",
                        "s-maxage=9, immutable"));
    }

    @Test
    void keeps_what_cache_control_forbids_when_connection_names_it() {
        assertEquals(
                List.of("Cache-Control: no-store"),
                Lines.sentDown(rules, CacheScope.PRIVATE, "Cache-Control", "no-store", "Connection", "Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CDN-Cache-Control",
                "cloudflare-cdn-cache-control",
                "Vercel-CDN-Cache-Control",
                "X-LiteSpeed-Cache-Control",
                "Surrogate-Control",
                "Edge-Control",
                "X-Accel-Expires"
            })
    void drops_a_field_for_shared_caches_when_somebody_is_signed_in(String name) {
        assertEquals(
                List.of("X: 1", "Cache-Control: private"),
                Lines.sentDown(rules, CacheScope.PRIVATE, name, "max-age=60", "X", "1"));
        assertEquals(List.of(name + ": max-age=60"), Lines.sentDown(rules, name, "max-age=60"));
    }

    @Test
    void is_kept_by_nobody_when_it_renews_the_cookie() {
        assertEquals(
                List.of("Cache-Control: max-age=60, no-store"),
                Lines.sentDown(rules, CacheScope.NO_STORE, "Cache-Control", "public, max-age=60"));
        assertEquals(List.of("Cache-Control: no-store"), Lines.sentDown(rules.sharedCaches(true), CacheScope.NO_STORE));
    }

    @Test
    void caches_are_left_alone_when_everybody_gets_the_same() {
        String[] field = {"Cache-Control", "public, s-maxage=60", "CDN-Cache-Control", "max-age=1"};
        List<String> asSaid = List.of("Cache-Control: public, s-maxage=60", "CDN-Cache-Control: max-age=1");

        assertEquals(asSaid, Lines.sentDown(rules, CacheScope.AS_SAID, field));
        assertEquals(asSaid, Lines.sentDown(rules.sharedCaches(true), CacheScope.PRIVATE, field));
        assertEquals(List.of("Cache-Control: private"), Lines.sentDown(rules.sharedCaches(false), CacheScope.PRIVATE));
    }

    @Test
    void cookies_stay_when_site_data_is_cleared() {
        assertEquals(
                List.of("Clear-Site-Data: \"cache\"", "X: 1"),
                Lines.sentDown(
                        rules,
                        "Clear-Site-Data",
                        "\"cache\", \"cookies\"",
                        "clear-site-data",
                        "\"Cookies\"",
                        "X",
                        "1"));
        assertEquals(List.of("Clear-Site-Data: \"cache\""), Lines.sentDown(rules, "Clear-Site-Data", "\"cache\""));
    }

    @Test
    void keeps_its_fields_to_itself_when_printed() {
        assertEquals("HeaderRules", rules.toString());
    }
}
