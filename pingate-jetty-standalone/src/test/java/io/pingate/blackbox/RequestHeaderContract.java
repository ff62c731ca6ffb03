package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: what becomes of a request's header fields. */
abstract class RequestHeaderContract extends GateContract {
    private static final Set<String> OURS = Set.of(
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-trusted-user-email",
            "x-trusted-user-name",
            "x-webauth-user",
            "x-team");

    RequestHeaderContract(Stage stage) {
        super(stage);
    }

    @Test
    void nothing_is_invented_when_request_is_bare() throws Exception {
        Set<String> expected = new TreeSet<>(OURS);
        expected.add("host");
        assertEquals(expected, withoutConnection(passed(signedIn("GET", "/bare"))));
    }

    @Test
    void nothing_but_framing_is_added_when_request_has_a_body() throws Exception {
        Set<String> expected = new TreeSet<>(OURS);
        expected.add("host");
        expected.add("content-length");
        assertEquals(expected, withoutConnection(passed(signedIn("POST", "/bare", "Content-Length: 3") + "abc")));
    }

    @Test
    void fields_pass_unchanged_when_end_to_end() throws Exception {
        WireHead head = passed(signedIn(
                "GET",
                "/fields",
                "Accept: text/html,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Encoding: gzip, br, zstd",
                "Accept-Language: de-CH, de;q=0.9",
                "User-Agent: Probe/1.0 (\"quoted\"; (nested))",
                "Authorization: Bearer eyJ.token==",
                "If-None-Match: W/\"a,b\", \"c\"",
                "If-Modified-Since: Wed, 21 Oct 2026 07:28:00 GMT",
                "Range: bytes=0-9,20-",
                "Referer: http://gate.test/a%2Fb?c",
                "Sec-Fetch-Mode: navigate",
                "X-Odd: a=\"b\\\"c\"; d='e', {\"f\": [1, 2]}",
                "X-Tab: a\tb",
                "Priority: u=1, i"));
        assertEquals("text/html,application/xml;q=0.9,*/*;q=0.8", only(head, "Accept"));
        assertEquals("gzip, br, zstd", only(head, "Accept-Encoding"));
        assertEquals("de-CH, de;q=0.9", only(head, "Accept-Language"));
        assertEquals("Probe/1.0 (\"quoted\"; (nested))", only(head, "User-Agent"));
        assertEquals("Bearer eyJ.token==", only(head, "Authorization"));
        assertEquals("W/\"a,b\", \"c\"", only(head, "If-None-Match"));
        assertEquals("Wed, 21 Oct 2026 07:28:00 GMT", only(head, "If-Modified-Since"));
        assertEquals("bytes=0-9,20-", only(head, "Range"));
        assertEquals("http://gate.test/a%2Fb?c", only(head, "Referer"));
        assertEquals("navigate", only(head, "Sec-Fetch-Mode"));
        assertEquals("a=\"b\\\"c\"; d='e', {\"f\": [1, 2]}", only(head, "X-Odd"));
        assertEquals("a\tb", only(head, "X-Tab"));
        assertEquals("u=1, i", only(head, "Priority"));
    }

    @Test
    void duplicates_keep_their_order_when_sent() throws Exception {
        WireHead head = passed(signedIn(
                "GET", "/", "X-Many: one", "X-Other: between", "x-many: two, three", "X-MANY: one", "X-Many:"));
        assertEquals(List.of("one", "two, three", "one", ""), head.all("X-Many"));
        assertEquals(List.of("between"), head.all("X-Other"));
    }

    @Test
    void letters_stay_when_an_earlier_request_differed_in_case_alone() throws Exception {
        try (RawClient client = stage.client()) {
            for (String id : new String[] {"abc", "ABC", "Abc"}) {
                client.send(signedIn("GET", "/", "X-Id: " + id, "Authorization: Basic " + id, "Accept: " + id + "/x"));
                assertEquals(200, client.response().status());
                WireHead head = upstream.next().head();
                assertEquals(id, only(head, "X-Id"));
                assertEquals("Basic " + id, only(head, "Authorization"));
                assertEquals(id + "/x", only(head, "Accept"));
            }
        }
    }

    @Test
    void empty_value_passes_when_sent() throws Exception {
        WireHead head = passed(signedIn("GET", "/", "X-Empty:", "Accept:", "X-Blank:   "));
        assertEquals("", only(head, "X-Empty"));
        assertEquals("", only(head, "Accept"));
        assertEquals("", only(head, "X-Blank"));
    }

    @Test
    void bytes_above_ascii_pass_when_sent() throws Exception {
        StringBuilder all = new StringBuilder();
        for (char c = 0x80; c <= 0xff; c++) {
            all.append(c);
        }
        WireHead head = passed(signedIn(
                "GET", "/", "X-Latin: \u00e4", "X-Utf8: \u00c3\u00a4\u00e2\u0082\u00ac", "X-All: <" + all + ">"));
        assertEquals("\u00e4", only(head, "X-Latin"));
        assertEquals("\u00c3\u00a4\u00e2\u0082\u00ac", only(head, "X-Utf8"));
        assertEquals("<" + all + ">", only(head, "X-All"));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 30})
    void header_block_passes_when_kib_long(int kib) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < kib; i++) {
            lines.add("X-Block-%02d: %s".formatted(i, "v".repeat(1_024 - 16)));
        }
        WireHead head = passed(signedIn("GET", "/block", lines.toArray(String[]::new)));
        for (int i = 0; i < kib; i++) {
            assertEquals(1_024 - 16, only(head, "X-Block-%02d".formatted(i)).length());
        }
    }

    @Test
    void single_line_passes_when_12_kib_long() throws Exception {
        String value = "c".repeat(12 * 1_024);
        WireHead head = passed(stranger("GET", "/line", "Cookie: a=" + value + "; " + stage.cookie()));
        assertEquals("a=" + value, only(head, "Cookie"));
    }

    @Test
    void header_block_is_refused_with_431_when_40_kib_long() throws Exception {
        assertEquals(431, tooLong().status());
        assertTrue(upstream.heardNothing());
    }

    /** As many as a browser and the proxies before the gate come to; over HTTP/2 a browser's cookies come on top. */
    @Test
    void fields_pass_when_there_are_90_of_them() throws Exception {
        WireHead head = passed(signedIn("GET", "/many", numbered(90)));
        assertEquals("88", only(head, "X-88"));
    }

    @Test
    void head_is_refused_with_431_when_it_has_more_than_400_fields() throws Exception {
        assertEquals(431, ask(signedIn("GET", "/many", numbered(400))).status());
        assertEquals(431, ask(stranger("GET", "/many", numbered(6_000))).status());
        assertTrue(upstream.heardNothing());
    }

    @Test
    void head_is_refused_with_431_when_its_connection_names_more_than_100_options() throws Exception {
        assertEquals(
                431,
                ask(signedIn("GET", "/", "Connection: " + "X-A,".repeat(100))).status());
        assertEquals(
                431,
                ask(signedIn("GET", "/", "Connection: " + ",".repeat(60), "Connection: " + ",".repeat(60)))
                        .status());
        assertTrue(upstream.heardNothing());
        passed(signedIn("GET", "/", "Connection: " + "X-A,".repeat(90)));
    }

    static String[] numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": " + i).toArray(String[]::new);
    }

    final WireResponse tooLong() throws Exception {
        return ask(signedIn("GET", "/", "X-Long: " + "v".repeat(40 * 1_024)));
    }

    @Test
    void hop_by_hop_fields_are_dropped_when_sent() throws Exception {
        WireHead head = passed(signedIn(
                "GET",
                "/",
                "Connection: X-Hop, keep-alive , x-hop-too,Upgrade",
                "Connection: X-Hop-Three",
                "X-Hop: 1",
                "X-Hop-Too: 2",
                "X-Hop-Three: 3",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "TE: deflate",
                "Upgrade: TLS/1.0",
                "X-Stays: 4"));
        Set<String> expected = new TreeSet<>(OURS);
        expected.add("host");
        expected.add("x-stays");
        assertEquals(expected, withoutConnection(head));
    }

    @Test
    void our_fields_stay_when_connection_names_them() throws Exception {
        WireHead head = passed(signedIn(
                "GET",
                "/",
                "Connection: X-Trusted-User-Email, X-Forwarded-For, X-Forwarded-Proto, Host, X-Team, Cookie",
                "X-Trusted-User-Email: root@evil.test"));
        assertEquals(Stage.EMAIL, only(head, "X-Trusted-User-Email"));
        assertEquals("Z\u00c3\u00bcrich", only(head, "X-Team"));
        assertEquals("127.0.0.1", only(head, "X-Forwarded-For"));
        assertEquals("http", only(head, "X-Forwarded-Proto"));
        assertEquals("gate.test", only(head, "Host"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Trusted-User-Email",
                "x-trusted-user-email",
                "X_Trusted_User_Email",
                "X-Trusted_User-EMAIL",
                "X-Trusted-User-Name",
                "x_trusted_user_name",
                "X-WebAuth-User",
                "X_WEBAUTH_USER",
                "X-Team",
                "x_team"
            })
    void identity_is_ours_alone_when_client_sends(String name) throws Exception {
        String spoof = name + ": root@evil.test";
        WireHead head = passed(signedIn("GET", "/", spoof, spoof, "X-Stays: 1"));
        assertFalse(head.text().contains("evil"), head::text);
        assertEquals(Stage.EMAIL, only(head, "X-Trusted-User-Email"));
        assertEquals("Ada L.", only(head, "X-Trusted-User-Name"));
        assertEquals("ada", only(head, "X-WebAuth-User"));
        assertEquals("1", only(head, "X-Stays"));

        WireHead open = passed(stranger("GET", "/hook/a", spoof, "X-Stays: 1"));
        assertFalse(open.text().contains("evil"), open::text);
        assertFalse(open.text().toLowerCase(Locale.ROOT).contains("trusted"), open::text);
        assertFalse(open.has("X-WebAuth-User"), open::text);
        assertEquals("1", only(open, "X-Stays"));
    }

    @Test
    void identity_is_not_added_when_path_is_public_and_client_is_signed_in() throws Exception {
        WireHead head = passed(signedIn("GET", "/hook/a"));
        assertFalse(head.has("X-Trusted-User-Email"), head::text);
        assertFalse(head.has("X-Team"), head::text);
    }

    @Test
    void identity_is_stripped_when_in_trailers() throws Exception {
        ask(signedIn("POST", "/t", "Transfer-Encoding: chunked", "Trailer: X-Trusted-User-Email")
                + "3\r\nabc\r\n0\r\nX-Trusted-User-Email: root@evil.test\r\nx_team: evil\r\n\r\n");
        Exchange exchange = upstream.next();
        assertFalse(exchange.head().all("X-Trusted-User-Email").contains("root@evil.test"));
    }

    @Test
    void host_is_as_the_client_sent_it_when_forwarded() throws Exception {
        String request = signedIn("GET", "/").replace("gate.test", "Notes.Example:8443");
        WireHead head = passed(request);
        assertEquals("Notes.Example:8443", only(head, "Host"));
        assertEquals("Notes.Example:8443", only(head, "X-Forwarded-Host"));
        assertEquals("8443", only(head, "X-Forwarded-Port"));
    }

    @ParameterizedTest
    @CsvSource({"https, 443", "http, 80"})
    void forwarded_fields_are_believed_when_from_a_trusted_peer(String scheme, String port) throws Exception {
        WireHead head = passed(signedIn(
                "GET",
                "/",
                "X-Forwarded-For: 198.51.100.7, 10.0.0.2",
                "X-Forwarded-Proto: " + scheme,
                "X-Forwarded-Host: public.test",
                "Forwarded: for=6.6.6.6;proto=gopher"));
        assertEquals("198.51.100.7, 10.0.0.2, 127.0.0.1", only(head, "X-Forwarded-For"));
        assertEquals(scheme, only(head, "X-Forwarded-Proto"));
        assertEquals("public.test", only(head, "X-Forwarded-Host"));
        assertEquals(port, only(head, "X-Forwarded-Port"));
        assertFalse(head.has("Forwarded"), head::text);
    }

    /** One proxy ended TLS, and another one stands behind it: both append. */
    @Test
    void scheme_is_the_clients_when_two_proxies_append_theirs() throws Exception {
        WireHead head = passed(
                signedIn("GET", "/", "X-Forwarded-For: 198.51.100.7, 10.0.0.2", "X-Forwarded-Proto: https,http"));
        assertEquals("https", only(head, "X-Forwarded-Proto"));
        assertEquals("443", only(head, "X-Forwarded-Port"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=1; %s; b=\"2, 3\"|a=1; b=\"2, 3\"",
                "%s; a=1|a=1",
                "a=1;%s;b=2|a=1;b=2",
                "a=1; %s|a=1",
                "a=pingate; xpingate=2; pingatex=3; %s|a=pingate; xpingate=2; pingatex=3",
                "a={\"x\": [1]}; %s; pingate=again|a={\"x\": [1]}",
                "A=\u00e4; %s; =x; y|A=\u00e4; =x; y"
            })
    void other_cookies_stay_byte_for_byte_when_ours_is_cut_out(String sent, String left) throws Exception {
        assertEquals(left, only(passed(stranger("GET", "/", "Cookie: " + sent.formatted(stage.cookie()))), "Cookie"));
    }

    @Test
    void cookie_field_is_gone_when_it_held_ours_only() throws Exception {
        WireHead head = passed(stranger("GET", "/", "Cookie: " + stage.cookie(), "Cookie: b=2"));
        assertEquals(List.of("b=2"), head.all("Cookie"));
        assertFalse(head.text().contains("pingate="), head::text);
    }

    static String only(WireHead head, String name) {
        assertEquals(1, head.all(name).size(), () -> name + " in " + head.text());
        return head.all(name).get(0);
    }

    /** Our own connection to the upstream is our own business. */
    private static Set<String> withoutConnection(WireHead head) {
        Set<String> names = new TreeSet<>(head.names());
        names.remove("connection");
        return names;
    }
}
