package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: the request target passes byte for byte, and the gate decides on those bytes. */
abstract class TargetContract extends GateContract {
    TargetContract(Stage stage) {
        super(stage);
    }

    /** Targets that every container hands over as they are. */
    static String[] targets() {
        return new String[] {
            "/",
            "/a%2Fb",
            "/a%2fb",
            "/%2F%2F",
            "/a%25b",
            "/a%252Fb",
            "//",
            "//a//b//",
            "/a;x=y/b;z",
            "/;",
            "/a;jsessionid=1",
            "/a/.well-known/b..c/...",
            "/%41%7e",
            "/%FF%FE",
            "/a%E4b",
            "/%C3%A4",
            "/?",
            "/a?",
            "/a??b=?",
            "/a?b;c&&d==e",
            "/a?q=%FF%E4",
            "/a?x=%2F..%2F/../",
            "/a+b?c+d=e%20f",
            "/~user/(a)/*'!$&,=:@",
            "/a?next=http://b.test/c",
        };
    }

    /** Raw where RFC 3986 wants an escape; browsers send them nevertheless. */
    static String[] rawTargets() {
        return new String[] {"/a|b", "/a[0]", "/{id}", "/a\"b\"", "/a^b`c", "/a?q=|[]{}\"^`<>\\"};
    }

    /** What a path's user could mean two things by: passed as they are, or refused; never rewritten. */
    static String[] ambiguousTargets() {
        return new String[] {
            "/a/./b",
            "/a/../b",
            "/a/%2e%2e/b",
            "/a/..;/b",
            "/a/.;x/b",
            "/%5C",
            "/a%5C..%5Cb",
            "/a\\b",
            "/%00",
            "/%zz",
            "/a?q=%zz%",
            "/%"
        };
    }

    @ParameterizedTest
    @MethodSource("targets")
    void target_passes_byte_for_byte_when_it_is(String target) throws Exception {
        assertEquals(target, passed(signedIn("GET", target)).target());
    }

    @ParameterizedTest
    @MethodSource("rawTargets")
    void target_passes_byte_for_byte_when_raw(String target) throws Exception {
        assertEquals(target, passed(signedIn("GET", target)).target());
    }

    @ParameterizedTest
    @MethodSource("ambiguousTargets")
    void target_is_never_rewritten_when_ambiguous(String target) throws Exception {
        WireResponse answer = ask(signedIn("GET", target));
        if (answer.status() == 200) {
            assertEquals(target, upstream.next().head().target());
        } else {
            assertTrue(answer.status() >= 400 && answer.status() < 500, answer.head()::text);
            assertTrue(upstream.heardNothing());
        }
    }

    /** Characters in UTF-8, a char for each byte: two, three and four of them, some like a dot, a slash, a {@code #}. */
    static String[] rawUtf8() {
        return new String[] {
            "/\u00c3\u00bc",
            "/x?q=\u00d0\u00b6",
            "/\u00ef\u00bc\u008e\u00ef\u00bc\u008e/a",
            "/a\u00ef\u00bc\u00831",
            "/a\u00ef\u00bc\u008fb?\u00ef\u00bc\u009f",
            "/\u00f0\u009f\u0098\u0080?\u00f0\u009f\u0098\u0080=%C3%BC",
        };
    }

    /** No UTF-8: Latin-1, overlong, a surrogate, cut off. */
    static String[] otherBytes() {
        return new String[] {
            "/\u00fc",
            "/x?q=\u00e4",
            "/\u00c0\u00af",
            "/\u00e0\u0080\u00af",
            "/\u00ed\u00a0\u0080",
            "/\u00d0",
            "/\u00ff?\u00fe"
        };
    }

    @ParameterizedTest
    @MethodSource("rawUtf8")
    void target_passes_byte_for_byte_when_it_has_raw_utf8(String target) throws Exception {
        assertEquals(target, passed(signedIn("GET", target)).target());
    }

    @ParameterizedTest
    @MethodSource("otherBytes")
    void target_is_refused_when_it_has_raw_bytes_that_are_no_utf8(String target) throws Exception {
        assertEquals(400, ask(signedIn("GET", target)).status());
        assertTrue(upstream.heardNothing());
    }

    @Test
    void way_back_is_percent_encoded_when_target_has_raw_utf8() throws Exception {
        WireHead head = ask(stranger("GET", "/\u00c3\u00bc?q=\u00d0\u00b6", "Accept: text/html"))
                .head();
        assertEquals(303, head.status());
        assertEquals(
                "/pin?next=/%25C3%25BC%3Fq%3D%25D0%25B6", head.first("Location").orElse(""));
    }

    @Test
    void target_passes_when_eight_kib_long() throws Exception {
        String target = "/" + "a".repeat(8_000) + "?" + "b".repeat(180);
        assertEquals(target, passed(signedIn("GET", target)).target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//pin",
                "/pin/",
                "/pin;x",
                "/Pin",
                "/pin/xyz",
                "/pin/../private",
                "/pin/%2e%2e/private",
                "/pin/health/../../private",
                "/pin/health;/private",
                "/pin%2Fhealth",
                "/hook/../private",
                "/hook/%2e%2e/private",
                "/hook/..;/private",
                "/hook/%2E%2E%2Fprivate",
                "/hook/..%2Fprivate",
                "/hook/.%2e/private",
                "/hook/a\\..\\..\\private",
                "/hook/%5C..%5Cprivate",
                "/hook//../private",
                "/hook/;/../private",
                "/hooked",
                "/HOOK/a",
                "/healthz/",
                "/healthz;x",
                "/healthz%00",
                "/%68ealthz",
                "/private?/healthz",
                "/favicon.ico"
            })
    void stranger_reaches_no_upstream_when_target_is(String target) throws Exception {
        WireResponse answer = ask(stranger("GET", target));
        assertTrue(answer.status() >= 400 && answer.status() < 500, answer.head()::text);
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hook/a", "/hook/a/b?c=d", "/healthz", "/healthz?"})
    void stranger_reaches_upstream_when_path_is_public(String target) throws Exception {
        assertEquals(target, passed(stranger("GET", target)).target());
    }

    @ParameterizedTest
    @ValueSource(strings = {"//pin", "/pin/xyz", "/pin/", "/pins", "/x/../pin"})
    void path_is_the_upstreams_when_it_only_resembles_the_gates(String target) throws Exception {
        assertEquals(target, passed(signedIn("GET", target)).target());
    }

    @Test
    void absolute_form_is_brought_to_origin_form_when_sent() throws Exception {
        WireHead head = passed(signedIn("GET", "http://gate.test/a%2Fb?c"));
        assertEquals("/a%2Fb?c", head.target());
        assertEquals("gate.test", head.first("Host").orElse(""));
        assertEquals("/", passed(signedIn("GET", "http://gate.test/")).target());
    }

    /** RFC 9112 section 3.2.2: the target's host counts, and the Host field does not. */
    @Test
    void absolute_forms_host_counts_when_it_differs_from_the_field() throws Exception {
        WireHead head = passed(signedIn("GET", "http://other.test:8080/a?b"));
        assertEquals("/a?b", head.target());
        assertEquals(List.of("other.test:8080"), head.all("Host"));
        assertEquals(List.of("other.test:8080"), head.all("X-Forwarded-Host"));
    }

    @Test
    void host_is_as_the_field_says_when_absolute_form_names_the_same() throws Exception {
        for (String target : List.of("http://gate.test/a", "http://GATE.test:80/a")) {
            assertEquals(List.of("gate.test"), passed(signedIn("GET", target)).all("Host"));
            upstream.forget();
        }
    }

    /** RFC 9112 section 3.2: nobody makes one up, least of all of the upstream's own address. */
    @Test
    void host_is_empty_when_client_of_http_1_0_names_none() throws Exception {
        WireHead head = passed("GET /old HTTP/1.0\r\nCookie: " + stage.cookie() + "\r\n\r\n");
        assertEquals(List.of(""), head.all("Host"));
        assertFalse(head.has("X-Forwarded-Host"), head::text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "a b", "a/b", "u@gate.test", "gate.test:x", "gate.test:99999", "g\u00e4te.test", "a,b"})
    void request_is_refused_when_its_host_is_none(String host) throws Exception {
        assertEquals(400, ask(signedIn("GET", "/").replace("gate.test", host)).status());
        assertTrue(upstream.heardNothing());
    }

    @Test
    void stranger_reaches_no_upstream_when_target_is_absolute() throws Exception {
        assertEquals(401, ask(stranger("GET", "http://gate.test/private")).status());
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "gate.test:80", "pin", "http:", "http:///a", "?", "#", "/a#b"})
    void target_is_refused_when_it_is_not_a_path(String target) throws Exception {
        WireResponse answer = ask(signedIn("GET", target));
        assertTrue(answer.status() >= 400 && answer.status() <= 505, answer.head()::text);
        assertTrue(upstream.heardNothing());
    }

    @Test
    void request_is_refused_when_it_has_no_target() throws Exception {
        int status = ask(signedIn("GET", "")).status();
        assertTrue(status >= 400 && status <= 505, () -> "answered " + status);
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "REPORT", "M-SEARCH", "Mixed"})
    void method_passes_when_named(String method) throws Exception {
        WireHead head = passed(signedIn(method, "/m", "Content-Length: 0"));
        assertEquals(method + " /m HTTP/1.1", head.startLine());
    }

    @Test
    void head_passes_when_asked() throws Exception {
        upstream.answer("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
        try (RawClient client = stage.client()) {
            client.send(signedIn("HEAD", "/h"));
            assertEquals(
                    "1234",
                    client.responseToHead().head().first("Content-Length").orElse(""));
        }
        assertEquals("HEAD /h HTTP/1.1", upstream.next().head().startLine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE / HTTP/1.1", "CONNECT gate.test:80 HTTP/1.1", "CONNECT / HTTP/1.1"})
    void method_is_refused_when_it_mirrors_or_tunnels(String line) throws Exception {
        String head = signedIn("GET", "/").replaceFirst("GET / HTTP/1.1", line);
        int status = ask(head).status();
        assertTrue(status >= 400 && status <= 501, line + " answered " + status);
        assertTrue(upstream.heardNothing());
    }
}
