package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: what becomes of a response's header fields. */
abstract class ResponseHeaderContract extends GateContract {
    ResponseHeaderContract(Stage stage) {
        super(stage);
    }

    @Test
    void nothing_is_invented_when_response_is_bare() throws Exception {
        Set<String> names = new TreeSet<>(answered().names());
        names.remove("date");
        assertEquals(Set.of("cache-control", "content-length"), names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt",
                "Set-Cookie: sid=\"a b\"; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; SameSite=None; Partitioned",
                "WWW-Authenticate: Basic realm=\"a, b\", Digest qop=\"auth,auth-int\"",
                "Content-Security-Policy: default-src 'self'; script-src 'nonce-a\"b' https://c.test",
                "Permissions-Policy: camera=(), geolocation=(self \"https://a.test\")",
                "NEL: {\"report_to\":\"n\",\"max_age\":3600}",
                "Report-To: {\"group\":\"n\",\"endpoints\":[{\"url\":\"https://a.test\"}]}",
                "Link: </a.css>; rel=preload; as=style, </b.js>; rel=preload",
                "Content-Type: Text/HTML",
                "ETag: W/\"a,b\"",
                "Location: //other.test/a|b?c=%2F",
                "Location: /a%2Fb/../c",
                "Server: Some/1.0 (Thing)",
                "Date: Wed, 21 Oct 2015 07:28:00 GMT",
                "Via: 1.1 own",
                "Vary: Accept-Encoding, Origin",
                "X-Frame-Options: DENY",
                "Cache-Control: private, no-cache=\"a, b\"",
                "Alt-Svc: h3=\":443\"; ma=1",
                "Refresh: 5; url=http://a.test/",
                "X-Odd: , ,a,,b ;c",
                "X-Empty:",
                "Access-Control-Allow-Origin: *"
            })
    void field_passes_unchanged_when_sent(String line) throws Exception {
        String name = line.substring(0, line.indexOf(':'));
        WireHead head = answered(line, "X-Last: there");
        assertEquals(List.of(line.substring(name.length() + 1).strip()), head.all(name));
        assertEquals(List.of("there"), head.all("X-Last"), "what follows " + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/JSON",
                "text/plain; charset=\"utf-8\"; x=\"a b\"",
                "text/html;charset=UTF-8",
                "text/html ; charset=utf-8",
                "Text/HTML; Charset=utf-8",
                "multipart/x-mixed-replace; boundary=\"a b\""
            })
    void content_type_passes_unchanged_when_it_is(String type) throws Exception {
        assertEquals(List.of(type), answered("Content-Type: " + type).all("Content-Type"));
    }

    @Test
    void duplicates_keep_their_order_when_sent() throws Exception {
        WireHead head = answered(
                "Set-Cookie: a=1", "X-Many: one", "Set-Cookie: b=2; Path=/", "x-many: two, three", "Set-Cookie: a=3");
        assertEquals(List.of("a=1", "b=2; Path=/", "a=3"), head.all("Set-Cookie"));
        assertEquals(List.of("one", "two, three"), head.all("X-Many"));
    }

    @Test
    void letters_stay_when_an_earlier_answer_differed_in_case_alone() throws Exception {
        for (String id : new String[] {"abc", "ABC", "Abc"}) {
            WireHead head = answered("ETag: \"" + id + "\"", "Content-Type: text/" + id, "Location: /" + id);
            assertEquals(List.of("\"" + id + "\""), head.all("ETag"));
            assertEquals(List.of("text/" + id), head.all("Content-Type"));
            assertEquals(List.of("/" + id), head.all("Location"));
        }
    }

    @Test
    void bytes_above_ascii_pass_when_sent() throws Exception {
        StringBuilder all = new StringBuilder();
        for (char c = 0x80; c <= 0xff; c++) {
            all.append(c);
        }
        WireHead head = answered("X-All: <" + all + ">", "Content-Disposition: inline; filename=\"\u00c3\u00a4.txt\"");
        assertEquals(List.of("<" + all + ">"), head.all("X-All"));
        assertEquals(List.of("inline; filename=\"\u00c3\u00a4.txt\""), head.all("Content-Disposition"));
    }

    @Test
    void hop_by_hop_fields_are_dropped_when_sent() throws Exception {
        WireHead head = answered(
                "Connection: X-Hop, keep-alive", "X-Hop: 1", "Keep-Alive: timeout=5", "Upgrade: h2c", "X-Stays: 2");
        assertFalse(head.has("X-Hop"), head::text);
        assertFalse(head.has("Upgrade"), head::text);
        assertFalse(head.all("Keep-Alive").contains("timeout=5"), head::text);
        assertEquals(List.of("2"), head.all("X-Stays"));
    }

    @Test
    void gates_cookie_is_dropped_when_upstream_sets_it() throws Exception {
        WireHead head = answered(
                "Set-Cookie: pingate=forged.value; Path=/",
                "Set-Cookie: pingatex=1",
                "set-cookie: pingate=; Max-Age=0",
                "Set-Cookie: b=pingate=2");
        assertEquals(List.of("pingatex=1", "b=pingate=2"), head.all("Set-Cookie"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|private",
                "public, max-age=60, immutable|max-age=60, immutable, private",
                "s-maxage=60|private",
                "no-cache|no-cache, private",
                "no-store|no-store",
                "private=\"Set-Cookie\", no-cache=\"a, b\"|no-cache=\"a, b\", private"
            })
    void answer_is_private_when_client_is_signed_in(String said, String becomes) throws Exception {
        String line = said == null ? "X-None: 1" : "cache-control: " + said;
        for (String status : new String[] {"200 OK", "304 Not Modified", "404 Not Found"}) {
            upstream.answer("HTTP/1.1 " + status + "\r\n" + line + "\r\nETag: \"e\"\r\nExpires: 0\r\n"
                    + "CDN-Cache-Control: max-age=60\r\nSurrogate-Control: max-age=60\r\n"
                    + (status.startsWith("304") ? "" : "Content-Length: 0\r\n") + "\r\n");
            WireHead head = ask(signedIn("GET", "/cached")).head();
            assertEquals(List.of(becomes), head.all("Cache-Control"), head::text);
            assertEquals(List.of("0"), head.all("Expires"));
            assertFalse(head.has("CDN-Cache-Control") || head.has("Surrogate-Control"), head::text);
        }
    }

    @Test
    void caching_is_the_upstreams_own_business_when_path_is_public() throws Exception {
        for (String request : new String[] {stranger("GET", "/hook/a"), signedIn("GET", "/hook/a")}) {
            upstream.answer(WireHead.of(
                    "HTTP/1.1 200 OK",
                    "Cache-Control: public, s-maxage=9",
                    "CDN-Cache-Control: max-age=1",
                    "Content-Length: 0"));
            WireHead head = ask(request).head();
            assertEquals(List.of("public, s-maxage=9"), head.all("Cache-Control"));
            assertEquals(List.of("max-age=1"), head.all("CDN-Cache-Control"));
        }
    }

    @Test
    void cookies_stay_when_upstream_clears_site_data() throws Exception {
        WireHead head = answered("Clear-Site-Data: \"cache\", \"cookies\"", "Clear-Site-Data: \"cookies\"");
        assertEquals(List.of("\"cache\""), head.all("Clear-Site-Data"));
        answered("Clear-Site-Data: \"*\"");
        String log = stage.gate().log();
        assertEquals(2, log.split("asks browsers to clear all cookies", -1).length, log);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 30})
    void header_block_passes_when_kib_long(int kib) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < kib; i++) {
            lines.add("X-Block-%02d: %s".formatted(i, "v".repeat(1_024 - 16)));
        }
        WireHead head = answered(lines.toArray(String[]::new));
        for (int i = 0; i < kib; i++) {
            assertEquals(
                    1_024 - 16,
                    head.first("X-Block-%02d".formatted(i)).orElse("").length());
        }
    }

    @Test
    void single_line_passes_when_12_kib_long() throws Exception {
        String value = "v".repeat(12 * 1_024);
        assertEquals(List.of(value), answered("X-Long: " + value).all("X-Long"));
    }

    @Test
    void answer_is_502_when_header_block_is_40_kib_long() throws Exception {
        upstream.answer("HTTP/1.1 200 OK\r\nX-Long: " + "v".repeat(40 * 1_024) + "\r\nContent-Length: 2\r\n\r\nok");
        WireResponse answer = ask(signedIn("GET", "/"));
        assertEquals(502, answer.status());
        assertTrue(answer.text().length() < 4_096, answer::text);
        assertGoesOn();
    }

    final WireHead answered(String... lines) throws Exception {
        StringBuilder response = new StringBuilder("HTTP/1.1 200 OK\r\n");
        for (String line : lines) {
            response.append(line).append("\r\n");
        }
        upstream.answer(response + "Content-Length: 2\r\n\r\nok");
        WireResponse answer = ask(signedIn("GET", "/"));
        assertEquals(200, answer.status());
        assertEquals("ok", answer.text());
        return answer.head();
    }
}
