package io.pingate.proxy.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.Lines;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesRequestTest {
    private final IdentityHeaders identity =
            IdentityHeaders.none().with(IdentityHeaders.EMAIL, "me@example.org").with("X-WEBAUTH-USER", "me");
    private final HeaderRules rules = HeaderRules.forTool("pingate", identity);
    private final HeaderRules withoutIdentity = HeaderRules.forTool("pingate", IdentityHeaders.none());

    @Test
    void passes_everything_else_as_it_is_when_it_concerns_the_tool() {
        List<String> sent = Lines.sentUp(
                withoutIdentity,
                true,
                "user-agent",
                "curl/8",
                "Accept",
                "text/html",
                "X-Twice",
                "b",
                "ACCEPT",
                "image/*",
                "x-twice",
                "a",
                "X-Empty",
                "",
                "X-Latin",
                "caf\u00e9\u00ff",
                "Expect",
                "100-continue",
                "Authorization",
                "Bearer of-the-tool",
                "X_Under_Score",
                "1",
                "Content-Type",
                "text/plain",
                "Sec-WebSocket-Key",
                "x",
                "Origin",
                "null",
                "Via",
                "1.1 proxy");

        assertEquals(
                List.of(
                        "user-agent: curl/8",
                        "Accept: text/html",
                        "X-Twice: b",
                        "ACCEPT: image/*",
                        "x-twice: a",
                        "X-Empty: ",
                        "X-Latin: caf\u00e9\u00ff",
                        "Expect: 100-continue",
                        "Authorization: Bearer of-the-tool",
                        "X_Under_Score: 1",
                        "Content-Type: text/plain",
                        "Sec-WebSocket-Key: x",
                        "Origin: null",
                        "Via: 1.1 proxy"),
                sent);
    }

    @Test
    void invents_nothing_but_the_way_when_the_client_sent_nothing() {
        assertEquals(
                List.of(
                        "Host: gate.example:3060",
                        "X-Forwarded-For: 127.0.0.1",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Host: gate.example:3060",
                        "X-Forwarded-Port: 3060"),
                Lines.allSentUp(rules, false));
    }

    @Test
    void host_is_empty_when_nobody_knows_it() {
        Forwarding hostless = new Forwarding(Lines.address("127.0.0.1"), "http", "", 80, "127.0.0.1");
        List<String> lines = new ArrayList<>();
        rules.upstreamRequest(HeaderFields.of(), hostless, false)
                .forEach((name, value) -> lines.add(name + ": " + value));

        assertEquals(
                List.of("Host: ", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http", "X-Forwarded-Port: 80"),
                lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Pingate", "x_pingate", "X-Pingate-User"})
    void drops_what_only_a_gate_says_when_the_client_says_it(String name) {
        assertEquals(List.of(), Lines.sentUp(withoutIdentity, true, name, "sign-in"));
        HeaderRules own = HeaderRules.forTool("pingate", IdentityHeaders.none().with("X-Pingate-User", "ada"));
        assertEquals(List.of("X-Pingate-User: ada"), Lines.sentUp(own, true, name, "root"));
    }

    /** Whether they are good or not, and whoever is signed in. */
    @Test
    void drops_the_gates_own_tokens_and_leaves_other_credentials() {
        for (boolean signedIn : List.of(true, false)) {
            assertEquals(
                    List.of("Authorization: Bearer sk-1", "authorization: Basic dXNlcjpwYXNz"),
                    Lines.sentUp(
                            withoutIdentity,
                            signedIn,
                            "X-Pingate-Token",
                            "pgt1.x",
                            "x_pingate.token",
                            "pgt1.x",
                            "Authorization",
                            "Bearer sk-1",
                            "Authorization",
                            "bearer pgt1.x",
                            "AUTHORIZATION",
                            // user:pgt1.x
                            "Basic dXNlcjpwZ3QxLng=",
                            "authorization",
                            "Basic dXNlcjpwYXNz"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "Keep-Alive",
                "Proxy-Connection",
                "Proxy-Authenticate",
                "Proxy-Authorization",
                "TE",
                "te",
                "Trailer",
                "Transfer-Encoding",
                "transfer-encoding",
                "Upgrade",
                "HTTP2-Settings",
                "Content-Length"
            })
    void drops_a_field_when_it_concerns_one_connection(String name) {
        assertEquals(List.of("Accept: */*"), Lines.sentUp(withoutIdentity, true, name, "close", "Accept", "*/*"));
    }

    @Test
    void drops_what_connection_names_when_it_stands_before_or_after() {
        assertEquals(
                List.of("X-Kept: 1"),
                Lines.sentUp(
                        withoutIdentity,
                        true,
                        "X-Before",
                        "1",
                        "Connection",
                        "keep-alive, x-before",
                        "X-Kept",
                        "1",
                        "Connection",
                        ",X-AFTER , close",
                        "x-after",
                        "1",
                        "X-After",
                        "2"));
    }

    @Test
    void sets_its_own_fields_all_the_same_when_connection_names_them() {
        List<String> sent = Lines.allSentUp(
                rules,
                true,
                "Connection",
                "X-Trusted-User-Email, X-WEBAUTH-USER, Host, X-Forwarded-For, X-Forwarded-Proto",
                "Host",
                "gate.example");

        assertEquals(
                List.of(
                        "Host: gate.example",
                        "X-Forwarded-For: 127.0.0.1",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Host: gate.example:3060",
                        "X-Forwarded-Port: 3060",
                        "X-Trusted-User-Email: me@example.org",
                        "X-WEBAUTH-USER: me"),
                sent);
    }

    @Test
    void keeps_a_field_when_connection_only_says_keep_alive_or_close() {
        assertEquals(
                List.of("close: 1", "X: 1"),
                Lines.sentUp(withoutIdentity, true, "close", "1", "Connection", "Close", "X", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Trusted-User-Email",
                "x-trusted-user-email",
                "X_Trusted_User_Email",
                "X-TRUSTED_USER-EMAIL",
                "X.Trusted.User.Email",
                "X-Trusted-User-Name",
                "x_trusted_user_name"
            })
    void drops_a_spoofed_identity_when_spelt_in_any_way(String name) {
        String[] spoofed = {name, "root@example.org", "Accept", "*/*", name, ""};

        assertEquals(List.of("Accept: */*"), Lines.sentUp(withoutIdentity, true, spoofed));
        assertEquals(List.of("Accept: */*"), Lines.sentUp(withoutIdentity, false, spoofed));
        assertEquals(List.of("Accept: */*"), Lines.sentUp(rules, false, spoofed));
        assertEquals(
                List.of("Accept: */*", "X-Trusted-User-Email: me@example.org", "X-WEBAUTH-USER: me"),
                Lines.sentUp(rules, true, spoofed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-WEBAUTH-USER", "x-webauth-user", "X_Webauth_User", "x.webauth_user"})
    void drops_a_spoofed_extra_header_when_spelt_in_any_way(String name) {
        assertEquals(List.of(), Lines.sentUp(rules, false, name, "root"));
        assertEquals(
                List.of("X-Trusted-User-Email: me@example.org", "X-WEBAUTH-USER: me"),
                Lines.sentUp(rules, true, name, "root"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Trusted-User",
                "X-Trusted-User-Emails",
                "XX-Trusted-User-Email",
                "X-WEBAUTH-USERS",
                "X-Forwarded"
            })
    void keeps_a_field_when_its_name_is_only_similar(String name) {
        assertEquals(List.of(name + ": 1"), Lines.sentUp(rules, false, name, "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "forwarded",
                "X-Forwarded-For",
                "x-forwarded-for",
                "X_Forwarded_For",
                "X-Forwarded-Proto",
                "X-Forwarded-Host",
                "X-Forwarded-Port",
                "X-Forwarded-User",
                "x_forwarded_prefix",
                "X-Forwarded-"
            })
    void drops_what_the_client_says_about_its_way_when_spelt_in_any_way(String name) {
        assertEquals(Lines.allSentUp(rules, true), Lines.allSentUp(rules, true, name, "for=1.2.3.4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Real-IP", "x-real-ip", "X_Real_IP"})
    void tells_the_client_address_as_it_is_when_the_client_says_another(String name) {
        assertEquals(List.of(name + ": 127.0.0.1"), Lines.sentUp(withoutIdentity, true, name, "1.2.3.4"));
    }

    @Test
    void passes_the_host_as_the_client_sent_it_when_a_proxy_names_another() {
        List<String> sent = Lines.allSentUp(rules, false, "Accept", "*/*", "host", "INTERNAL:80", "Host", "second");

        assertEquals("Host: INTERNAL:80", sent.get(0));
        assertEquals(1, sent.stream().filter(line -> line.startsWith("Host: ")).count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1; pingate=123.abc; b=\"2 3\"  | a=1; b=\"2 3\"",
                "pingate=123.abc; a=1             | a=1",
                "a=1; pingate=1.a; pingate=2.b    | a=1",
                "pingates=1; xpingate=2           | pingates=1; xpingate=2",
                "PINGATE=1                        | PINGATE=1",
                "a=1;b=2;;  c                     | a=1;b=2;;  c",
            })
    void cuts_the_gates_cookie_out_when_there_are_others(String sent, String passed) {
        assertEquals(List.of("Cookie: " + passed), Lines.sentUp(withoutIdentity, true, "Cookie", sent));
    }

    @Test
    void drops_a_cookie_field_when_nothing_is_left_of_it() {
        assertEquals(
                List.of("cookie: a=1", "Cookie: "),
                Lines.sentUp(
                        withoutIdentity, true, "Cookie", "pingate=1.a", "cookie", "a=1; pingate=2.b", "Cookie", ""));
    }

    @Test
    void carries_an_identity_as_utf8_bytes_when_it_is_beyond_ascii() {
        HeaderRules rules =
                HeaderRules.forTool("pingate", IdentityHeaders.none().with(IdentityHeaders.NAME, "Zoë ☃"));

        assertEquals(List.of("X-Trusted-User-Name: Zo\u00c3\u00ab \u00e2\u0098\u0083"), Lines.sentUp(rules, true));
    }

    @Test
    void drops_a_reserved_name_when_the_gate_has_no_value_for_it() {
        HeaderRules rules =
                HeaderRules.forTool("pingate", IdentityHeaders.none().reserving("X-WEBAUTH-USER"));

        assertEquals(List.of(), Lines.sentUp(rules, true, "x_webauth_user", "root"));
    }
}
