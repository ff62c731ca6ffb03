package io.pingate.proxy.theme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.theme.ThemedHead.Recoding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeRulesTest {
    private static final Theme THEME = Theme.of("b{}".getBytes(UTF_8));
    private static final String MARK = "--theme-s-" + THEME.tag();
    private static final String WEAK_MARK = "--theme-w-" + THEME.tag();
    private static final String OLD_MARK = "--theme-s-00000000";
    private static final HeaderFields NO_FIELDS = HeaderFields.of();
    private final ThemeRules rules = new ThemeRules(THEME);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "Text/HTML ; charset=utf-8",
                "text/html;charset=\"windows-1252\"",
                "text/html; charset=shift_jis",
                "text/html; charset=absurd",
                "text/html; charset=",
                "text/html;;",
            })
    void changes_pages(String contentType) {
        assertNotNull(response(200, "Content-Type", contentType));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html; charset=utf-16",
                "text/html; Charset=\"UTF-16LE\"",
                "text/html; charset=utf-32be",
                "text/html; charset=utf-7",
                "text/html; charset=iso-2022-jp",
                "text/html; charset=IBM037",
                "text/htmlx",
                "text/plain",
                "application/xhtml+xml",
                "text/event-stream",
                "",
            })
    void leaves_other_types_and_charsets_alone(String contentType) {
        assertNull(response(200, "Content-Type", contentType));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 203, 302, 401, 404, 500, 503})
    void changes_pages_of_every_status_with_a_page(int status) {
        assertNotNull(response(status, "Content-Type", "text/html"));
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 103, 204, 205, 206, 304})
    void leaves_statuses_without_a_whole_page_alone(int status) {
        assertNull(response(status, "Content-Type", "text/html", "ETag", "\"1\""));
    }

    @Test
    void leaves_downloads_empty_and_ambiguous_answers_alone() {
        assertNull(response(200, "Content-Type", "text/html", "Content-Length", "0"));
        assertNull(response(200, "Content-Type", "text/html", "Content-Disposition", "Attachment; filename=a.html"));
        assertNull(response(200, "Content-Type", "text/html", "Content-Type", "text/plain"));
        assertNull(response(200));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                // upstream | client | from | to | field sent
                "-|gzip|IDENTITY|IDENTITY|-",
                "identity|gzip|IDENTITY|IDENTITY|identity",
                "gzip|gzip, br|GZIP|GZIP|gzip",
                "X-GZIP|gzip|GZIP|GZIP|X-GZIP",
                "br|br, gzip;q=0.5|BR|GZIP|gzip",
                "br|br|BR|IDENTITY|-",
                "deflate|*|DEFLATE|GZIP|gzip",
                "gzip|-|GZIP|IDENTITY|-",
                "gzip|gzip;q=0, *|GZIP|IDENTITY|-",
                "gzip|*;q=0.0|GZIP|IDENTITY|-",
                "identity, gzip|gzip|GZIP|GZIP|identity, gzip",
            })
    void takes_codings_off_and_puts_gzip_on(
            String upstream, String client, ContentCoding from, ContentCoding to, String sent) {
        HeaderFields request = client == null ? NO_FIELDS : HeaderFields.of("Accept-Encoding", client);
        HeaderFields response = upstream == null
                ? HeaderFields.of("Content-Type", "text/html")
                : HeaderFields.of("Content-Type", "text/html", "Content-Encoding", upstream);
        ThemedHead head = rules.response("GET", request, 200, response);
        assertEquals(new Recoding(from, to), head.body());
        assertEquals(sent, head.fields().first("Content-Encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "compress", "gzip, br", "gzip, gzip", "dcb", "nonsense"})
    void leaves_codings_that_cannot_be_taken_off_alone(String coding) {
        assertNull(response(200, "Content-Type", "text/html", "Content-Encoding", coding));
    }

    @Test
    void makes_the_fields_fit_the_changed_page() {
        ThemedHead head = response(
                200,
                "Date",
                "x",
                "Content-Type",
                "text/html",
                "content-length",
                "12",
                "Content-MD5",
                "x",
                "Digest",
                "x",
                "Content-Digest",
                "x",
                "Repr-Digest",
                "x",
                "Accept-Ranges",
                "bytes",
                "ETag",
                "\"a,b\"",
                "Last-Modified",
                "y",
                "Set-Cookie",
                "a=\"b\"",
                "Set-Cookie",
                "c=d",
                "Content-Security-Policy",
                "style-src 'self'",
                "content-security-policy",
                "default-src 'none'",
                "Content-Security-Policy-Report-Only",
                "style-src 'none'");
        String hash = THEME.cspSource();
        assertEquals(
                List.of(
                        "Date: x",
                        "Content-Type: text/html",
                        "ETag: W/\"a,b" + MARK + "\"",
                        "Last-Modified: y",
                        "Set-Cookie: a=\"b\"",
                        "Set-Cookie: c=d",
                        "Content-Security-Policy: style-src 'self' " + hash,
                        "content-security-policy: default-src 'none'; style-src " + hash,
                        "Content-Security-Policy-Report-Only: style-src " + hash),
                lines(head.fields()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {"-|Accept-Encoding", "Origin|Origin/Accept-Encoding", "accept-encoding|accept-encoding", "*|*"})
    void says_that_the_answer_varies_when_the_coding_was_taken_off(String upstream, String sent) {
        List<String> fields = new ArrayList<>(List.of("Content-Type", "text/html", "Content-Encoding", "gzip"));
        if (upstream != null) {
            fields.addAll(List.of("Vary", upstream));
        }
        ThemedHead head = response(200, fields.toArray(String[]::new));
        assertEquals(sent, String.join("/", head.fields().all("Vary")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"\"a\",W/\"aS\"", "W/\"a\",W/\"aW\"", "\"\",W/\"S\"", "unquoted,-", "\"a\"b\",-"})
    void weakens_and_marks_entity_tags(String upstream, String sent) {
        String expected = sent == null ? null : sent.replace("S\"", MARK + "\"").replace("W\"", WEAK_MARK + "\"");
        ThemedHead head = response(200, "Content-Type", "text/html", "ETag", upstream);
        assertEquals(expected, head.fields().first("ETag"));
    }

    @Test
    void asks_for_gzip_only_on_a_navigation() {
        assertEquals("gzip", narrowed("gzip, deflate, br, zstd"));
        assertEquals("x-gzip;q=0.5, identity;q=0", narrowed("br , x-gzip;q=0.5,identity;q=0"));
        assertEquals("identity", narrowed("br, *"));
        assertEquals("identity", narrowed(""));
        HeaderFields script = HeaderFields.of("Accept", "*/*", "Accept-Encoding", "br");
        assertSame(script, rules.request("GET", script));
        assertEquals(
                List.of("Accept: text/html", "Accept-Encoding: gzip"),
                request("HEAD", "Accept", "text/html", "Accept-Encoding", "gzip, br"));
    }

    @Test
    void asks_about_pages_with_this_theme_only_on_a_navigation() {
        assertEquals(
                List.of("Accept: text/html", "X: y", "If-None-Match: \"a\", W/\"b\""),
                request(
                        "GET",
                        "Accept",
                        "text/html",
                        "If-Modified-Since",
                        "z",
                        "If-None-Match",
                        "W/\"a" + MARK + "\", W/\"b" + WEAK_MARK + "\"",
                        "If-None-Match",
                        "\"foreign\", W/\"old" + OLD_MARK + "\"",
                        "X",
                        "y"));
        assertEquals(
                List.of("Accept: text/html"),
                request("GET", "Accept", "text/html", "If-None-Match", "\"foreign\"", "If-Modified-Since", "z"));
        assertEquals(List.of("Accept: text/html"), request("GET", "Accept", "text/html", "If-Modified-Since", "z"));
    }

    @Test
    void asks_with_the_clients_own_tags_on_other_requests() {
        HeaderFields image = HeaderFields.of("Accept", "*/*", "If-None-Match", "\"a\", *", "If-Modified-Since", "z");
        assertSame(image, rules.request("GET", image));
        assertEquals(
                List.of("If-None-Match: \"a\", \"b\""),
                request("GET", "If-None-Match", "W/\"a" + MARK + "\", W/\"c" + OLD_MARK + "\", \"b\""));
        assertEquals(List.of(), request("GET", "If-None-Match", "W/\"c" + OLD_MARK + "\"", "If-Modified-Since", "z"));
    }

    @Test
    void keeps_the_conditions_of_a_form_post() {
        assertEquals(
                List.of("Accept: text/html", "If-None-Match: *", "Accept-Encoding: gzip"),
                request("POST", "Accept", "text/html", "If-None-Match", "*", "Accept-Encoding", "gzip, br"));
    }

    @Test
    void says_the_same_of_a_page_that_the_client_holds() {
        HeaderFields client = HeaderFields.of("If-None-Match", "W/\"a" + MARK + "\"");
        HeaderFields notModified = HeaderFields.of("ETag", "\"a\"", "Content-Security-Policy", "style-src 'none'");
        ThemedHead head = rules.response("GET", client, 304, notModified);
        assertNull(head.body());
        assertEquals(
                List.of("ETag: W/\"a" + MARK + "\"", "Content-Security-Policy: style-src " + THEME.cspSource()),
                lines(head.fields()));
    }

    @Test
    void tells_head_what_it_would_tell_get() {
        HeaderFields client = HeaderFields.of("Accept-Encoding", "gzip");
        HeaderFields page = HeaderFields.of(
                "Content-Type", "text/html", "Content-Length", "9", "Content-Encoding", "br", "ETag", "\"a\"");
        ThemedHead head = rules.response("HEAD", client, 200, page);
        assertNull(head.body());
        assertEquals(lines(rules.response("GET", client, 200, page).fields()), lines(head.fields()));
        assertEquals(
                List.of(
                        "Content-Type: text/html",
                        "Content-Encoding: gzip",
                        "ETag: W/\"a" + MARK + "\"",
                        "Vary: Accept-Encoding"),
                lines(head.fields()));
        assertNull(rules.response("HEAD", client, 200, HeaderFields.of("Content-Type", "text/plain")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void asks_with_the_upstreams_tag(String method) {
        assertEquals(List.of("If-None-Match: \"a\""), request(method, "If-None-Match", "W/\"a" + MARK + "\""));
    }

    private ThemedHead response(int status, String... fields) {
        return rules.response("GET", NO_FIELDS, status, HeaderFields.of(fields));
    }

    private List<String> request(String method, String... fields) {
        return lines(rules.request(method, HeaderFields.of(fields)));
    }

    private String narrowed(String acceptEncoding) {
        HeaderFields client = HeaderFields.of("accept", "text/html,*/*", "accept-encoding", acceptEncoding);
        return rules.request("GET", client).first("Accept-Encoding");
    }

    private static List<String> lines(HeaderFields fields) {
        List<String> lines = new ArrayList<>();
        fields.forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }
}
