package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireResponse;
import java.io.EOFException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: what two parsers could read in two ways is refused, and the connection with it. */
abstract class SmugglingContract extends GateContract {
    static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: gate.test\r\nX-Smuggled: yes\r\n\r\n";

    SmugglingContract(Stage stage) {
        super(stage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: 99999999999999999999",
                "Content-Length: ",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                "X-A: b\u0000c",
                "X-A\u0000: b",
                "X-A: b\rc",
                "X-A: b\rTransfer-Encoding: chunked",
                "No-Colon",
                ": no name",
                "X(A): b",
                "X-\u00e4: b",
                "Host: other.test",
            })
    void request_is_refused_when_it_has_the_line(String line) throws Exception {
        assertIsRefused(line(line));
    }

    /** Which of the two is the body's length? */
    @ParameterizedTest
    @MethodSource("twoLengths")
    void request_is_refused_when_it_has_length_and_chunks(String lines) throws Exception {
        assertIsRefused(line(lines) + "0\r\n\r\n");
    }

    static Stream<String> twoLengths() {
        return Stream.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5");
    }

    /** Is it a line of its own? */
    @ParameterizedTest
    @MethodSource("foldedLines")
    void request_is_refused_when_a_line_is_folded(String lines) throws Exception {
        assertIsRefused(line(lines));
    }

    static Stream<String> foldedLines() {
        return Stream.of(
                "X-Folded: a\r\n b", "X-Folded: a\r\n\tTransfer-Encoding: chunked", " Transfer-Encoding: chunked");
    }

    /** Is it one line or two? */
    @ParameterizedTest
    @MethodSource("bareLines")
    void request_is_refused_when_a_line_ends_with_a_bare_lf(String lines) throws Exception {
        assertIsRefused(line(lines));
    }

    static Stream<String> bareLines() {
        return Stream.of("X-Bare: a\nX-Second: b", "X-Bare: a\nTransfer-Encoding: chunked", "X-Bare: a\n\r\nX: b");
    }

    @Test
    void request_is_refused_when_it_has_no_version() throws Exception {
        assertIsRefused(signedIn("GET", "/").replaceFirst(" HTTP/1.1", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1 ",
                " GET / HTTP/1.1",
                "GET / x HTTP/1.1",
                "GET /a b HTTP/1.1",
                "GET / HTTP/1.1\u0000",
                "GET / HTTP/2.0",
                "GET / HTTP/01.1",
                "G\u00c4T / HTTP/1.1",
                "GE(T / HTTP/1.1"
            })
    void request_is_refused_when_its_first_line_is(String line) throws Exception {
        assertIsRefused(signedIn("GET", "/").replaceFirst("GET / HTTP/1.1", line.replace("\\", "\\\\")));
    }

    @Test
    void request_is_refused_when_it_has_no_host_or_two() throws Exception {
        assertIsRefused(signedIn("GET", "/").replace("Host: gate.test\r\n", ""));
        assertIsRefused(signedIn("GET", "/").replace("Host: gate.test", "Host: a.test\r\nHost: b.test"));
    }

    static Stream<String> brokenChunks() {
        return Stream.of(
                "g\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "10000000000000005\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                ";a=b\r\nhello\r\n0\r\n\r\n");
    }

    /** The head may be on its way already; then the upload ends unfinished. */
    @ParameterizedTest
    @MethodSource("brokenChunks")
    void body_is_never_whole_when_its_chunks_are_broken(String chunks) throws Exception {
        List<String> whole = new CopyOnWriteArrayList<>();
        upstream.play(exchange -> {
            if (exchange.body().complete()) {
                whole.add(exchange.head().target());
                exchange.send(RawUpstream.OK);
            }
        });
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/outer", "Transfer-Encoding: chunked") + chunks + SMUGGLED);
            assertIsToldOrCutOff(client);
        }
        assertEquals(200, ask(signedIn("GET", "/after")).status());
        assertEquals(List.of("/after"), whole);
    }

    @Test
    void chunks_are_refused_when_the_request_is_http_1_0() throws Exception {
        String request =
                signedIn("POST", "/outer", "Transfer-Encoding: chunked").replace("HTTP/1.1", "HTTP/1.0");
        assertIsRefused(request + "0\r\n\r\n");
    }

    private static void assertIsToldOrCutOff(RawClient client) throws Exception {
        try {
            WireResponse answer = RequestFramingContract.finalAnswer(client);
            assertTrue(answer.status() >= 400 && answer.status() <= 502, answer.head()::text);
        } catch (EOFException cutOff) {
            return;
        }
        assertTrue(client.in().ended());
    }

    final void assertIsRefused(String request) throws Exception {
        try (RawClient client = stage.client()) {
            client.send(request + SMUGGLED);
            WireResponse answer = client.response();
            assertTrue(answer.status() >= 400 && answer.status() <= 505, answer.head()::text);
            assertTrue(client.in().ended(), "the connection is done with: nobody knows where the next request begins");
        }
        assertTrue(upstream.heardNothing(), "it reached the upstream");
    }

    final String line(String line) {
        return signedIn("POST", "/outer", line);
    }
}
