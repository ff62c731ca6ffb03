package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a/b/",
                "/a//b",
                "/a//",
                "/a?b=c&d=%26%3D%2B+e",
                "/a%20b/%2Fc%2F",
                "/login?redirect=https%3A%2F%2Fexample.com%2F%2Fx",
                "/proxy?u=http://example.com//x",
                "/?",
                "/??//x",
                "/?q=%0d%0a%5c",
                "/a#b//c",
                "/@evil",
                "/.evil",
                "/..evil",
                "/...",
                "/a/../b",
                "/a/./b",
                "/%2e/a",
                "/a;b=c/d",
                "/100%",
                "/%zz%2",
                "/%E9t%E9",
                "/%ff%fe",
                "/%C3%A9",
                "/a|b[]{}\"<>^`",
                "/http://evil",
                "/:80",
                "/%25",
                "/a%2525",
            })
    void keeps_a_path_of_this_origin(String candidate) {
        assertEquals(candidate, ReturnPath.of(candidate));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "a",
                "evil.example",
                "?a",
                "#a",
                " /a",
                "\t/a",
                "http://evil",
                "https:/evil",
                "https:evil",
                "javascript:alert(1)",
                "data:text/html,x",
                "%2fa",
                "@evil",
                // network-path references (RFC 3986 section 4.2)
                "//",
                "//evil",
                "///evil",
                "////evil",
                "//evil/..",
                "//@evil",
                // backslashes
                "/\\evil",
                "\\/evil",
                "\\\\evil",
                "/a\\b",
                "/a?b\\c",
                "/%5cevil",
                "/%5Cevil",
                "/a/%5c",
                // what browsers drop
                "/\tevil",
                "/\t/evil",
                "/\n/evil",
                "/\r/evil",
                "/\u0000/evil",
                "/a\u001f",
                "/a\u007f",
                "/a?b\r\nSet-Cookie:x",
                "/%09/evil",
                "/%0a/evil",
                "/%0D/evil",
                "/a%00",
                "/a%7f",
                // decoding
                "/%2fevil",
                "/%2Fevil",
                "/%2f%2fevil",
                "/%2f/evil",
                "//%2fevil",
                "/%252fevil",
                "/%252f%252fevil",
                "/%25252fevil",
                "/%%32%66evil",
                "/%255cevil",
                "/%2509/evil",
                "/%252525252525",
                // overlong UTF-8 of '/', '.' and '\'
                "/%c0%af/evil",
                "/%c0%ae%c0%ae/evil",
                "/%c1%9cevil",
                "/%e0%80%af/evil",
                "/%f0%80%80%af/evil",
                // dot segments (RFC 3986 section 5.2.4)
                "/.//evil",
                "/..//evil",
                "/../..//evil",
                "/a/..//evil",
                "/a/b/../..//evil",
                "/a//../..//evil",
                "/a/../..//evil",
                "/././/evil",
                "/./..//evil",
                "/.%2f/evil",
                "/..%2f/evil",
                "/a/..%2f%2fevil",
                "/%2e//evil",
                "/%2e%2e//x",
                "/%2E./%2fx",
                "/a/%2e%2e//x",
                "/a/%252e%252e//x",
                "/..;x=y//evil",
                "/a/..;//evil",
                "/.;//evil",
                "/;//evil",
                "/;x/evil",
                "/%3bx/evil",
                "/%3f/../..//evil",
            })
    void goes_to_the_root_when_it_could_lead_away(String candidate) {
        assertEquals("/", ReturnPath.of(candidate));
    }

    @ParameterizedTest
    @CsvSource({
        "/caf\u00E9, /caf%C3%A9", // Unicode, as Jetty hands it over
        "/caf\u00C3\u00A9, /caf%C3%A9", // UTF-8, a byte in each char
        "/\u9375, /%E9%8D%B5",
        "/\u00E9\u9375, /%C3%A9%E9%8D%B5",
        "/\uD83D\uDE00?q=\u00E9, /%F0%9F%98%80?q=%C3%A9",
        "/\uFF0F/x, /%EF%BC%8F/x",
        "/\u0085\u2028, /%C2%85%E2%80%A8",
        "/a b?c d, /a%20b?c%20d",
    })
    void percent_encodes_all_but_visible_ascii(String candidate, String path) {
        assertEquals(path, ReturnPath.of(candidate));
    }

    @Test
    void goes_to_the_root_when_it_is_not_unicode() {
        assertEquals("/", ReturnPath.of("/\uD83D"));
        assertEquals("/", ReturnPath.of("/\uDE00\uD83D\u9375"));
    }

    @Test
    void goes_to_the_root_when_it_would_not_fit_into_a_form() {
        String longest = "/" + "a".repeat(2799);
        String longestEncoded = "/a" + "?".repeat(932) + "bc";

        assertEquals(longest, ReturnPath.of(longest));
        assertEquals("/", ReturnPath.of(longest + "a"));
        assertEquals(longestEncoded, ReturnPath.of(longestEncoded));
        assertEquals("/", ReturnPath.of(longestEncoded + "d"));
        assertEquals("/", ReturnPath.of("/" + "\u9375".repeat(200)));
    }

    /** The short way must never say more than the long one: all short addresses out of the marks that deceive. */
    @Test
    void judges_plain_addresses_as_any_other() {
        List<String> addresses = List.of("/");
        int plain = 0;
        for (int length = 1; length <= 5; length++) {
            List<String> longer = new ArrayList<>();
            for (String address : addresses) {
                for (char mark : "/.?a\\%;:#".toCharArray()) {
                    longer.add(address + mark);
                }
            }
            addresses = longer;
            for (String address : addresses) {
                if (ReturnPath.isPlain(address)) {
                    plain++;
                    assertEquals(address, ReturnPath.judged(address));
                }
            }
        }
        assertTrue(plain > 1000, plain + " are plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/api/v1/items?page=2&sort=name", "/a/b.html?to=a:b@c,d", "/_next/static/x.js", "/~me"})
    void takes_the_short_way_when_an_address_is_plain(String address) {
        assertTrue(ReturnPath.isPlain(address));
        assertEquals(address, ReturnPath.of(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "//", "/a//b", "/.", "/a/..", "/%2e", "/a\\b", "/a;b", "/\u00E9", "/a b", "/a#b"})
    void takes_the_long_way_when_an_address_could_be_read_in_two_ways(String address) {
        assertFalse(ReturnPath.isPlain(address));
    }

    @Test
    void takes_the_long_way_when_an_address_may_not_fit_into_a_form() {
        assertTrue(ReturnPath.isPlain("/" + "a".repeat(932)));
        assertFalse(ReturnPath.isPlain("/" + "a".repeat(933)));
    }

    @Test
    void leaves_room_for_the_longest_pin() {
        String form = "pin=" + "%E9%8D%B5".repeat(128) + "&next=" + "x".repeat(2800);

        assertEquals(true, form.length() <= PinGate.MAX_FORM_BYTES);
    }
}
