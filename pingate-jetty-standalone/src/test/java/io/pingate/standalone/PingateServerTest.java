package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.page.Dress;
import io.pingate.servlet.page.Facts;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class PingateServerTest {
    private static MirrorServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new MirrorServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2Fb",
                "//a/b",
                "//evil.example/b?x",
                "/a//b",
                "/a/..;/b",
                "/a/;/b",
                "/a/%2e%2e/b",
                "/a/../b",
                "/./a",
                "/a;x=y/b;z",
                "/%25",
                "/a%5Cb",
                "/a\\b",
                "/x%E9y",
                "/x%FF%FE",
                "/a|b{c}\"d",
                "/a[b]",
                "/<x>^`",
                "/a?",
                "/a??b",
                "/a?b|{}\"[]<>\\^`",
                "/a?%zz",
                "/%u1234",
                "/a?%00",
                "/a%0d%0aX:y",
                "/pin;x",
                "/a+b%20c",
                "/a'()*!$&,=:@~-._"
            })
    void target_passes_byte_for_byte(String target) throws IOException {
        String answer = get(target, "");
        assertTrue(answer.contains("\r\n\r\ntarget " + target + "\n"), answer);
    }

    @Test
    void raw_utf8_arrives_as_characters() throws IOException {
        String answer = get("/caf\u00c3\u00a9?q=\u00c3\u00a9", "");
        assertTrue(answer.contains("target /caf\u00c3\u00a9?q=\u00c3\u00a9\n"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../b",
                "/%2e%2e/b",
                "/%zz",
                "/%",
                "/a%00b",
                "/a#b",
                "/a?b#c",
                "a",
                "*",
                "?x",
                "/a\u007fb",
                "/a\tb",
                "http://u:p@h/x"
            })
    void bad_target_is_refused(String target) throws IOException {
        assertEquals("400", status(get(target, "")));
    }

    /** RFC 9112 section 3. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET  /x HTTP/1.1",
                "GET   /x HTTP/1.1",
                "GET /x  HTTP/1.1",
                "GET /x   HTTP/1.1",
                " GET /x HTTP/1.1",
                "\r\n GET /x HTTP/1.1",
                "GET\t/x HTTP/1.1",
                "GET \t/x HTTP/1.1",
                "GET /x\tHTTP/1.1",
                "GET /x \tHTTP/1.1",
                "\tGET /x HTTP/1.1",
                "GET /x HTTP/1.1 ",
                "GET /x HTTP/1.1  ",
                "GET /x HTTP/1.1\t",
                "GET /x HTTP/1.1 x",
                "GET /x y HTTP/1.1",
                "GET /x HTTP/1.1\r",
                "GET\u000b/x HTTP/1.1",
                "GET\u000c/x HTTP/1.1",
                "GET\u00a0/x HTTP/1.1",
                "GET\r/x HTTP/1.1",
                "\rGET /x HTTP/1.1",
                "GET /x HTTP/1.1\rHost: a\r"
            })
    void request_line_is_refused_when_it_is(String line) throws IOException {
        String request = line + "\r\nHost: h\r\nConnection: close\r\n\r\n";
        assertEquals("400", status(RawClient.exchange(server.port(), request)));
        assertEquals("400", status(byteByByte(request)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\n\r\n"})
    void request_is_answered_when_empty_lines_come_before_it(String lines) throws IOException {
        String request = lines + "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: a  b\r\n\r\n";
        assertEquals("200", status(RawClient.exchange(server.port(), request)));
        assertEquals("200", status(byteByByte(request)));
    }

    private static String byteByByte(String request) throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
            }
            return client.in().rest();
        }
    }

    @Test
    void absolute_target_is_brought_to_origin_form_without_its_scheme() throws IOException {
        String answer = get("https://h/a%2Fb?", "");
        assertTrue(answer.contains("target /a%2Fb?\nscheme http\n"), answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "two lengths | Content-Length: 5\\r\\nContent-Length: 5\\r\\n",
                "a list of lengths | Content-Length: 5, 5\\r\\n",
                "a signed length | Content-Length: +5\\r\\n",
                "length, then encoding | Content-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n",
                "encoding, then length | Transfer-Encoding: chunked\\r\\nContent-Length: 5\\r\\n",
                "unknown encoding | Transfer-Encoding: xchunked\\r\\n",
                "chunked not last | Transfer-Encoding: chunked\\r\\nTransfer-Encoding: identity\\r\\n",
                "folded line | X-A: a\\r\\n b\\r\\n",
                "bare LF | X-A: a\\n",
                "bare CR | X-A: a\\rb\\r\\n",
                "NUL in a value | X-A: a\\0b\\r\\n",
                "control character in a value | X-A: a\\1b\\r\\n",
                "space before the colon | X-A : b\\r\\n",
                "no colon | X-A\\r\\n",
                "no name | : b\\r\\n",
                "second Host | Host: h\\r\\n"
            })
    void ambiguous_framing_is_refused(String fault, String fields) throws IOException {
        String raw = fields.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .replace("\\1", "\u0001");
        String answer = RawClient.exchange(
                server.port(), "POST /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + raw + "\r\n0\r\n\r\n");
        assertEquals("400", status(answer), fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3\nabc\r\n0\r\n\r\n", "3 \r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n", "3\r\nabcX0\r\n\r\n"
            })
    void malformed_chunk_is_refused(String body) throws IOException {
        String answer = RawClient.exchange(
                server.port(),
                WireHead.of("POST /x HTTP/1.1", "Host: h", "Connection: close", "Transfer-Encoding: chunked") + body);
        assertEquals("400", status(answer));
    }

    @Test
    void header_fields_arrive_as_they_were_written() throws IOException {
        String answer = get("/", "x-Mixed-CASE: 1\r\nX-Two: a\r\nX-Two: B\r\nX-Empty:\r\nACCEPT-ENCODING: GZIP\r\n");
        assertTrue(answer.contains("""
                        x-Mixed-CASE: 1
                        X-Two: a
                        X-Two: B
                        X-Empty:\s
                        ACCEPT-ENCODING: GZIP
                        """), answer);
    }

    @Test
    void values_that_differ_in_case_are_told_apart_on_one_connection() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(WireHead.of(
                    "GET / HTTP/1.1", "Host: h", "Cookie: sid=ABC", "Authorization: Bearer AbC", "X-End: ."));
            client.in().until("X-End: .\n");
            client.send(WireHead.of(
                    "GET / HTTP/1.1", "Host: h", "Cookie: sid=abc", "Authorization: Bearer aBcd", "X-End: ."));
            String second = client.in().until("X-End: .\n");
            assertTrue(second.contains("Cookie: sid=abc\nAuthorization: Bearer aBcd\n"), second);
        }
    }

    @Test
    void headers_of_32_kib_pass() throws IOException {
        assertEquals("200", status(get("/", "X-Big: " + "a".repeat(32 * 1024) + "\r\n")));
    }

    @Test
    void larger_headers_are_refused_with_a_page_of_our_own() throws IOException {
        String answer = get("/", "X-Big: " + "a".repeat(48 * 1024) + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        assertTrue(answer.contains("larger than 32 KiB"), answer);
    }

    @Test
    void larger_headers_are_refused_with_a_page_in_the_browsers_language() throws IOException {
        String answer =
                get("/", "Accept: text/html\r\nAccept-Language: nl\r\nCookie: " + "a".repeat(48 * 1024) + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        assertTrue(answer.contains("Content-Language: nl\r\n"), answer);
        assertTrue(answer.contains("<h1>Te veel cookies</h1>"), answer);
        String next = get("/", "Cookie: " + "a".repeat(48 * 1024) + "\r\n");
        assertTrue(next.contains("Content-Type: text/plain"), next);
    }

    @ParameterizedTest
    @CsvSource({"/fail, 500", "/send-error, 404", "/%zz, 400"})
    void error_page_names_no_server_and_no_detail(String target, String status) throws IOException {
        String answer = get(target, "");
        assertEquals(status, status(answer));
        assertFalse(answer.toLowerCase(Locale.ROOT).matches("(?s).*(jetty|server:|date:|nobody).*"), answer);
        assertTrue(answer.contains("Content-Type: text/plain;charset=utf-8\r\n"), answer);
    }

    @Test
    void upgrade_to_h2c_is_ignored() throws IOException {
        String answer = RawClient.exchange(
                server.port(),
                WireHead.of(
                        "GET /x HTTP/1.1",
                        "Host: h",
                        "Connection: close, Upgrade, HTTP2-Settings",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"));
        assertEquals("200", status(answer));
    }

    @Test
    void prior_knowledge_of_http2_works() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
            // The server's own SETTINGS frame: type 4 after three bytes of length.
            assertEquals(4, client.in().until("\u0004").charAt(3));
        }
    }

    @Test
    void idle_connection_is_closed() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(WireHead.of("GET / HTTP/1.1", "Host: h", "X-End: ."));
            client.in().until("X-End: .\n");
            assertEquals("", client.in().rest());
        }
    }

    @Test
    void stranger_who_stalls_is_cut_off() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(WireHead.of("POST /stranger HTTP/1.1", "Host: h", "Content-Length: 5"));
            assertEquals("500", status(client.in().rest()));
        }
    }

    @Test
    void admitted_upload_may_pause_for_longer_than_the_idle_limit() throws Exception {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(WireHead.of("POST /x HTTP/1.1", "Host: h", "Content-Length: 2", "X-End: .") + "a");
            CompletableFuture<Void> pause = new CompletableFuture<>();
            pause.completeOnTimeout(null, 5 * MirrorServer.LIMITS.stall().toMillis(), TimeUnit.MILLISECONDS);
            pause.get();
            client.send("b");
            assertTrue(client.in().until("X-End: .\n").contains("body 2\n"));
        }
    }

    @Test
    void running_request_ends_when_the_server_stops() throws Exception {
        MirrorServer stopping = new MirrorServer();
        int port = stopping.port();
        try (RawClient client = RawClient.to(port)) {
            client.send(WireHead.of("GET /hold HTTP/1.1", "Host: h", "X-End: ."));
            stopping.awaitHeld();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
            awaitRefusal(port);
            assertFalse(stopped.isDone());
            stopping.release();
            assertTrue(client.in().until("X-End: .\n").startsWith("HTTP/1.1 200 "));
            stopped.get();
        }
    }

    @Test
    void taken_port_is_told_in_one_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PingateServer second = new PingateServer(
                        "127.0.0.1",
                        taken.getLocalPort(),
                        null,
                        MirrorServer.LIMITS,
                        new ServletContextHandler(),
                        () -> new Dress(Facts.NONE))) {
            IOException refusal = assertThrows(IOException.class, second::start);
            assertEquals(
                    "port " + taken.getLocalPort() + " on 127.0.0.1 is taken; stop the program that listens there,"
                            + " or choose another port (0: any free one)",
                    refusal.getMessage());
        }
    }

    private static void awaitRefusal(int port) {
        while (true) {
            try {
                RawClient.to(port).close();
            } catch (IOException refused) {
                return;
            }
        }
    }

    private static String get(String target, String fields) throws IOException {
        return RawClient.exchange(
                server.port(), "GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + fields + "\r\n");
    }

    private static String status(String answer) {
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }
}
