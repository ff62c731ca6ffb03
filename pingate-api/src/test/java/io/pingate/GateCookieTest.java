package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateCookieTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Instant NOW = Instant.parse("2027-04-02T08:09:05Z");

    private final GateCookie cookie = new GateCookie("pingate");

    @Test
    void sets_a_cookie_for_the_whole_host() {
        String cookieOfMay =
                "pingate=v.s; Path=/; Max-Age=2592000; Expires=Sun, 02 May 2027 08:09:05 GMT; HttpOnly; SameSite=Lax";
        assertEquals(cookieOfMay, cookie.set("v.s", MONTH, false, NOW));
        assertEquals(cookieOfMay + "; Secure", cookie.set("v.s", MONTH, true, NOW));
    }

    @Test
    void clears_with_the_same_attributes() {
        assertEquals(
                "pingate=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax; Secure",
                cookie.clear(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"__Host-pin", "__Secure-pin", "__host-pin"})
    void is_secure_when_the_name_demands_it(String name) {
        assertTrue(new GateCookie(name).set("v", MONTH, false, NOW).endsWith("; Secure"));
    }

    @Test
    void is_not_secure_when_the_name_only_looks_alike() {
        assertFalse(new GateCookie("x__Host-pin").set("v", MONTH, false, NOW).endsWith("; Secure"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "pingate=1; a=b|a=b",
                "a=b; pingate=1|a=b",
                "a=b; pingate=1; c=d|a=b; c=d",
                "a=b;pingate=1;c=d|a=b;c=d",
                "a=b ; pingate=1 ;  c=d |a=b ;  c=d ",
                "pingate=1;   a=b|a=b",
                "pingate=1; pingate=2; a=b; pingate=3|a=b",
                "a=b; pingate =1|a=b",
                "a=b;\tpingate\t=1|a=b",
                "a=b; pingate=x=y=z|a=b",
                "a=b; pingate=|a=b",
                "a=b; pingate=1;|a=b;",
                "a=b;; pingate=1;; c|a=b;;; c",
                "; a=b; pingate=1|; a=b",
                "lone; pingate=1; =x; =|lone; =x; =",
                "a=\"x; y\"; pingate=1; b=\"|a=\"x; y\"; b=\"",
                "a=\"x; pingate=1; b=y\"|a=\"x; b=y\"",
                "a={\"k\":[1,2]}; pingate=1; b=\u00FF\u0080|a={\"k\":[1,2]}; b=\u00FF\u0080",
            })
    void leaves_the_others_byte_for_byte_when_cut(String field, String rest) {
        assertEquals(rest, cookie.cutFrom(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "$Version=\"1\"; pingate=\"1\"; $Path=\"/\"; a=\"b\"; $Path=\"/\"|$Version=\"1\"; a=\"b\"; $Path=\"/\"",
                "$Version=1; a=b; $Path=/; pingate=1; $path=/; $DOMAIN=x; $Port=80|$Version=1; a=b; $Path=/",
                "pingate=1; $Path=/; a=b|a=b",
                "pingate=1; $Pathx=/|$Pathx=/",
                "pingate=1; a=b; $Path=/|a=b; $Path=/",
                "a=b; $Path=/; pingate=1|a=b; $Path=/",
                "$Version=1; a=b; pingate=1|$Version=1; a=b",
                "$Version=1; $Version=1; pingate=1|$Version=1; $Version=1",
                "a=\"b\"; pingate=\"1\"|a=\"b\""
            })
    void takes_its_attributes_along_when_cut(String field, String rest) {
        assertEquals(rest, cookie.cutFrom(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$Version=\"1\"; pingate=\"1\"; $Path=\"/\"; $Domain=\"gate.test\"",
                "$version=1;pingate=1",
                "$Version=1; pingate=1; $Path=/; pingate=2; $Path=/a"
            })
    void leaves_nothing_when_there_were_attributes_only(String field) {
        assertNull(cookie.cutFrom(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pingate=1", " pingate=1 ", "pingate=", "pingate=1; pingate=2", "pingate=1; ", "; pingate=1"})
    void leaves_nothing_when_it_was_the_only_one(String field) {
        assertNull(cookie.cutFrom(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "a=b; c=d",
                "pingate",
                "pingate; a=b",
                "pingate2=1",
                "xpingate=1; pingatex=2; a=pingate=3",
                "PINGATE=1; Pingate=2",
                "a=b, pingate=1",
                "pin gate=1",
                "ping",
            })
    void returns_the_very_same_string_when_not_in_it(String field) {
        assertSame(field, cookie.cutFrom(field));
    }

    @Test
    void finds_every_value_in_every_field() {
        HeaderFields headers = HeaderFields.of(
                "Cookie",
                "a=b; pingate=1; pingate = 2 ;c=d",
                "X-Cookie",
                "pingate=0",
                "cookie",
                "pingate=\"3\";pingate=x=y");

        assertEquals(List.of("1", "2", "3", "x=y"), cookie.values(headers));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pingate=\"1.2\"|1.2",
                "$Version=\"1\"; pingate=\"1.2\"; $Path=\"/\"|1.2",
                "pingate= \"1.2\" |1.2",
                "pingate=\"\"|``",
                "pingate=\"|\"",
                "pingate=\"1|\"1",
                "pingate=1\"|1\"",
                "pingate=\"\"1\"\"|\"1\""
            })
    void takes_one_pair_of_quotes_off_a_value(String field, String value) {
        assertEquals(List.of(value), cookie.values(HeaderFields.of("Cookie", field)));
    }

    @Test
    void finds_no_value_when_none_is_there() {
        assertEquals(List.of(), cookie.values(HeaderFields.of()));
        assertEquals(List.of(), cookie.values(HeaderFields.of("Cookie", "pingat=1; pingatee=2; pingate")));
    }

    @Test
    void finds_what_hides_behind_a_stray_quote() {
        assertEquals(List.of("1"), cookie.values(HeaderFields.of("Cookie", "a=\"x; pingate=1; b=y\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pingate=1", "pingate=; Max-Age=0", " pingate = 1; Path=/", "=pingate=1"})
    void is_set_by_an_upstream_that_uses_its_name(String setCookie) {
        assertTrue(cookie.isSetBy(setCookie));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "=", "a=pingate=1", "pingate2=1", "a=b; pingate=1", "Pingate=1", "==pingate=1", "pingate"})
    void is_not_set_by_another_cookie(String setCookie) {
        assertFalse(cookie.isSetBy(setCookie));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "pingate", "__Host-pingate", "a!#$%&'*+-.^_`|~9"})
    void takes_a_token_as_name(String name) {
        assertEquals(name, new GateCookie(name).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a;b", "a=b", "a,b", "a\"b", "a\nb", "pin/gate", "pingät", "(x)"})
    void refuses_any_other_name(String name) {
        var fault = assertThrows(IllegalArgumentException.class, () -> new GateCookie(name));

        assertTrue(fault.getMessage().startsWith("cookie name: must be"), fault.getMessage());
    }

    @Test
    void refuses_a_name_above_64_characters() {
        assertEquals(64, new GateCookie("p".repeat(64)).name().length());
        assertThrows(IllegalArgumentException.class, () -> new GateCookie("p".repeat(65)));
    }

    @Test
    void cookie_is_for_a_domain_when_one_is_given() {
        GateCookie cookie = new GateCookie("pingate", "example.org");
        assertTrue(cookie.set("v", Duration.ofDays(1), true, Instant.EPOCH).contains("; Domain=example.org; HttpOnly"));
        assertTrue(cookie.clear(false).contains("; Domain=example.org; HttpOnly"));
        assertFalse(new GateCookie("pingate").clear(false).contains("Domain"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "org",
                "Example.org",
                ".example.org",
                "example.org.",
                "a..org",
                "-a.org",
                "a_b.org",
                "127.0.0.1",
                "a.org;x",
                "a.1"
            })
    void domain_that_browsers_do_not_take_is_refused(String domain) {
        assertThrows(IllegalArgumentException.class, () -> new GateCookie("pingate", domain));
    }

    @Test
    void domain_is_refused_when_the_name_is_for_one_host() {
        assertThrows(IllegalArgumentException.class, () -> new GateCookie("__Host-pin", "example.org"));
        assertEquals("example.org", new GateCookie("__Secure-pin", "example.org").domain());
    }
}
