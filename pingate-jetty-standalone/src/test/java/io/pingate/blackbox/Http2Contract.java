package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4 for a client that speaks HTTP/2: what reaches the upstream is plain HTTP/1.1. */
abstract class Http2Contract extends GateContract {
    private static final String ABSENT = "(absent)";

    Http2Contract(Stage stage) {
        super(stage);
    }

    @Test
    void request_is_one_of_http_1_1_when_client_speaks_http_2() throws Exception {
        WireHead head = passedOn("x-a", "1", "x-a", "2");
        assertEquals("GET /outer HTTP/1.1", head.startLine());
        assertEquals(List.of("1", "2"), head.all("X-A"));
    }

    /** Programs compare it with Origin, in which browsers leave the scheme's port out. */
    @ParameterizedTest
    @CsvSource({"gate.test", "gate.test:8080", "[::1]", "[::1]:8080", "Gate.TEST"})
    void host_is_as_the_client_sent_it_when_it_is_an_authority(String authority) throws Exception {
        WireHead head = passedOn(":authority", authority);
        assertEquals(List.of(authority), head.all("Host"));
        assertEquals(List.of(authority), head.all("X-Forwarded-Host"));
    }

    @Test
    void request_is_refused_with_400_when_its_authority_is_none_that_a_browser_knows() throws Exception {
        for (String authority : List.of("*", "a,b")) {
            assertIsRefused(":authority", authority);
        }
    }

    /** What is no URI at all is reset, or ends the connection. */
    @ParameterizedTest
    @ValueSource(strings = {"a b", "u@gate.test", "gate.test:x", "a/b", "gate.test:99999", "g\u00e4te.test"})
    void request_is_refused_when_its_authority_is_no_authority(String authority) throws Exception {
        try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
            int status = client.send(fields(":authority", authority)).status();
            assertTrue(status == 0 || status == 400, () -> "answered " + status);
        }
        assertTrue(upstream.heardNothing());
    }

    /** RFC 9113 section 8.3.1. */
    @Test
    void request_is_refused_when_host_is_another_than_the_authority() throws Exception {
        assertIsRefused("host", "other.test");
        assertEquals(List.of("gate.test"), passedOn("host", "gate.test").all("Host"));
    }

    @Test
    void host_is_empty_when_there_is_no_authority() throws Exception {
        assertEquals(List.of(""), passedOn(":authority", ABSENT).all("Host"));
        upstream.forget();
        assertEquals(
                List.of("other.test"),
                passedOn(":authority", ABSENT, "host", "other.test").all("Host"));
    }

    @ParameterizedTest
    @MethodSource("rawBytes")
    void target_passes_byte_for_byte_when_it_has_bytes_above_ascii(String target) throws Exception {
        assertEquals(target, passedOn(":path", target).target());
    }

    static String[] rawBytes() {
        return new String[] {"/\u00c3\u00bc?q=\u00d0\u00b6", "/\u00ef\u00bc\u0083", "/\u00fc?\u00ff"};
    }

    private void assertIsRefused(String... fields) throws Exception {
        try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
            assertEquals(400, client.send(fields(fields)).status());
        }
        assertTrue(upstream.heardNothing());
    }

    @Test
    void host_has_no_port_when_tls_ends_at_the_proxy_in_front() throws Exception {
        WireHead head = passedOn("x-forwarded-proto", "https");
        assertEquals(List.of("gate.test"), head.all("Host"));
        assertEquals(List.of("443"), head.all("X-Forwarded-Port"));
    }

    /** RFC 9113 section 8.2.3. */
    @Test
    void cookies_are_in_one_field_when_client_sends_a_field_for_each() throws Exception {
        WireHead head = passedOn("cookie", "a=1", "x-between", "1", "cookie", "b=\"2\"");
        assertEquals(List.of("a=1; b=\"2\""), head.all("Cookie"));
        assertEquals(List.of("1"), head.all("X-Between"));
    }

    /** {@code GET /admin /hook/x HTTP/1.1}: what would the upstream take for the target? */
    @ParameterizedTest
    @ValueSource(strings = {"GET /admin", "G T", "GE(T", "GET:", "G\u00c4T", ""})
    void request_is_refused_when_its_method_is(String method) throws Exception {
        for (String target : List.of("/outer", "/hook/x")) {
            try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
                client.send(fields(":method", method, ":path", target));
                assertEquals(400, client.status());
            }
        }
        assertTrue(upstream.heardNothing());
    }

    /** RFC 9113 section 8.5: a CONNECT has an authority and no path, and nobody here makes tunnels. */
    @Test
    void request_is_refused_when_it_connects_elsewhere() throws Exception {
        try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
            assertEquals(
                    400,
                    client.send(":method", "CONNECT", ":authority", "other.test:1")
                            .status());
        }
        assertTrue(upstream.heardNothing());
    }

    /** RFC 9113 section 8.1: a reset of any other kind may take the answer with it. */
    @Test
    void stream_ends_with_no_error_when_an_upload_has_no_cookie() throws Exception {
        try (WireHttp2 client = new WireHttp2(stage.gate())) {
            client.headers(1, false, ":method", "POST", ":scheme", "http", ":path", "/", ":authority", "gate.test");
            client.data(1, false, new byte[10_000]);
            assertEquals(401, client.status(1));
            assertEndsWithNoError(client);
        }
    }

    @Test
    void stream_ends_with_no_error_when_upstream_wants_no_more() throws Exception {
        upstream.byHand();
        try (WireHttp2 client = new WireHttp2(stage.gate())) {
            client.headers(1, false, fields(":method", "POST"));
            client.data(1, false, new byte[10_000]);
            Exchange exchange = upstream.next();
            exchange.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
            exchange.halfClose();
            assertEquals(413, client.status(1));
            assertEndsWithNoError(client);
            exchange.close();
        }
        assertGoesOn();
    }

    @Test
    void stream_ends_with_no_error_when_upstream_breaks_off() throws Exception {
        upstream.byHand();
        try (WireHttp2 client = new WireHttp2(stage.gate())) {
            client.headers(1, false, fields(":method", "POST"));
            client.data(1, false, new byte[10_000]);
            upstream.next().reset();
            assertEquals(502, client.status(1));
            assertEndsWithNoError(client);
        }
        assertGoesOn();
    }

    private static void assertEndsWithNoError(WireHttp2 client) throws IOException {
        WireHttp2.Frame frame = client.next(1);
        while (frame.type() == WireHttp2.DATA && !frame.ends()) {
            frame = client.next(1);
        }
        assertTrue(frame.ends(), frame::toString);
        WireHttp2.Frame reset = client.next(1);
        assertEquals(WireHttp2.RST_STREAM, reset.type(), reset::toString);
        assertEquals(0, reset.number(), "the code of the reset");
    }

    /** RFC 9113 section 8.1.1: such a request is malformed, and the next one's bytes would fill it up. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "GET"})
    void request_reaches_no_upstream_whole_when_it_ends_on_its_head(String method) throws Exception {
        try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
            client.send(fields(":method", method, "content-length", "5"));
            assertRefused(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hell", "hello!"})
    void request_reaches_no_upstream_whole_when_its_data_is(String data) throws Exception {
        try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
            client.sendHead(fields(":method", "POST", "content-length", "5")).sendData(data, true);
            assertRefused(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hell", "hello!"})
    void request_reaches_no_upstream_whole_when_trailers_end_data_of(String data) throws Exception {
        try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
            client.sendHead(fields(":method", "POST", "content-length", "5"));
            if (!data.isEmpty()) {
                client.sendData(data, false);
            }
            client.sendTrailers("x-sum", "1");
            assertRefused(client);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, 5", "POST, 5", "POST, "})
    void body_arrives_when_client_sends_one(String method, String length) throws Exception {
        try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
            upstream.byHand();
            client.sendHead(
                            length == null
                                    ? fields(":method", method)
                                    : fields(":method", method, "content-length", length))
                    .sendData("hel", false)
                    .sendData("lo", true);
            Exchange exchange = upstream.next();
            assertEquals("hello", exchange.body().text());
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.status());
        }
    }

    /** The server finds that out itself, and must tell whoever waits for the rest. */
    @ParameterizedTest
    @ValueSource(strings = {"l", "lo!"})
    void upstream_request_ends_when_data_that_does_not_fill_the_length_comes_later(String rest) throws Exception {
        upstream.byHand();
        try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
            client.sendHead(fields(":method", "POST", "content-length", "5")).sendData("hel", false);
            Exchange exchange = upstream.next();
            assertEquals("hel", exchange.in().exactly(3));
            client.sendData(rest, true);
            assertTrue(exchange.in().ended(), "the upstream waits for the rest of a request that has ended");
            exchange.close();
        }
        assertGoesOn();
    }

    private void assertRefused(RawHttp2Client client) throws Exception {
        assertNotEquals(200, client.status());
        while (!upstream.heardNothing()) {
            Exchange exchange = upstream.next();
            assertFalse(exchange.body().complete(), exchange.head()::text);
        }
        assertGoesOn();
    }

    /** The request as it reached the upstream. */
    private WireHead passedOn(String... more) throws Exception {
        try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
            assertEquals(200, client.send(fields(more)).status());
        }
        return upstream.next().head();
    }

    /** Pseudo-header fields come first; what a test says of one of them takes the place of the usual, and {@link #ABSENT} leaves it out. */
    private String[] fields(String... more) {
        List<String> pseudo = new ArrayList<>(
                List.of(":method", "GET", ":scheme", "http", ":path", "/outer", ":authority", "gate.test"));
        List<String> others = new ArrayList<>(List.of("cookie", stage.cookie()));
        for (int i = 0; i < more.length; i += 2) {
            if (pseudo.contains(more[i]) && more[i + 1].equals(ABSENT)) {
                int left = pseudo.indexOf(more[i]);
                pseudo.subList(left, left + 2).clear();
            } else if (pseudo.contains(more[i])) {
                pseudo.set(pseudo.indexOf(more[i]) + 1, more[i + 1]);
            } else {
                others.addAll(List.of(more[i], more[i + 1]));
            }
        }
        pseudo.addAll(others);
        return pseudo.toArray(String[]::new);
    }
}
