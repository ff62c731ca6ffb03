package io.pingate.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    void keeps_its_fields_to_itself_when_printed() {
        assertEquals("HeaderRules", rules.toString());
    }
}
