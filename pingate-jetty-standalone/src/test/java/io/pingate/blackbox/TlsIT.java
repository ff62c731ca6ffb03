package io.pingate.blackbox;

import static io.pingate.blackbox.RequestHeaderContract.only;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate that speaks TLS itself keeps the contract, as far as TLS may change something, and its certificate may change. */
class TlsIT {
    private static final int LARGE = 4 * 1024 * 1024;
    private static final Duration SOON = Duration.ofSeconds(2);

    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.open("tls", TlsGate::new);
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    @Nested
    class ConnectionEnd extends ConnectionEndContract {
        ConnectionEnd() {
            super(TlsIT.stage);
        }
    }

    @Nested
    class EarlyAnswer extends EarlyAnswerContract {
        EarlyAnswer() {
            super(TlsIT.stage);
        }
    }

    @Nested
    class OldClient extends OldClientContract {
        OldClient() {
            super(TlsIT.stage, true);
        }
    }

    @Nested
    class Http2WebSocket extends Http2WebSocketContract {
        Http2WebSocket() {
            super(TlsIT.stage);
        }
    }

    @Nested
    class Http2LateFrames extends Http2LateFramesContract {
        Http2LateFrames() {
            super(TlsIT.stage);
        }
    }

    @Nested
    class Scheme extends GateContract {
        Scheme() {
            super(TlsIT.stage);
        }

        @Test
        void cookie_is_for_https_only_when_signed_in() throws Exception {
            WireResponse in = new Visitor(stage).tryPin(Stage.PIN, "Origin: https://gate.test");
            assertEquals(303, in.status());
            assertTrue(in.head().first("Set-Cookie").orElse("").endsWith("; Secure"));
            assertEquals(
                    403,
                    new Visitor(stage)
                            .tryPin(Stage.PIN, "Origin: https://gate.test:8443")
                            .status());
        }

        @ParameterizedTest
        @ValueSource(strings = {"/a", "http://gate.test/a"})
        void upstream_hears_of_https(String target) throws Exception {
            WireHead passed = passed(signedIn("GET", target));
            assertEquals("https", only(passed, "X-Forwarded-Proto"));
            assertEquals("443", only(passed, "X-Forwarded-Port"));
        }

        @Test
        void upstream_hears_of_https_when_an_http2_client_says_otherwise() throws Exception {
            try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
                client.send(
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":authority",
                        "gate.test",
                        ":path",
                        "/a",
                        "cookie",
                        stage.cookie());
                assertEquals("https", only(upstream.next().head(), "X-Forwarded-Proto"));
                assertEquals(200, client.status());
            }
        }

        @Test
        void client_that_chooses_no_protocol_gets_http1() throws Exception {
            Socket transport = RawClient.connect(stage.gate().port());
            try (RawClient client = RawClient.over(gate().secure(transport), transport)) {
                assertEquals(200, client.send(signedIn("GET", "/")).response().status());
            }
        }

        @Test
        void client_that_speaks_no_tls_is_told_to() throws Exception {
            String answer = RawClient.exchange(stage.gate().port(), stranger("GET", "/"));
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.endsWith("write https:// in the address.\n"), answer);
        }
    }

    @Nested
    class Bytes extends GateContract {
        Bytes() {
            super(TlsIT.stage);
        }

        @Test
        void large_bodies_are_whole_both_ways() throws Exception {
            String body = "0123456789abcdef".repeat(LARGE / 16);
            upstream.play(exchange -> {
                String came = exchange.body().text();
                exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + came.length() + "\r\n\r\n" + came);
            });
            WireResponse answer = ask(signedIn("POST", "/", "Content-Length: " + body.length()) + body);
            assertTrue(answer.body().complete());
            assertEquals(body, answer.text());
        }

        @Test
        void events_arrive_one_by_one() throws Exception {
            upstream.byHand();
            try (RawClient client = stage.client()) {
                client.send(signedIn("GET", "/events"));
                Exchange exchange = upstream.next();
                exchange.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                client.in().head();
                for (int i = 0; i < 5; i++) {
                    exchange.send("9\r\ndata: " + i + "\n\n\r\n");
                    assertEquals("data: " + i + "\n\n", client.in().wholeChunk());
                }
                exchange.close();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"leave", "reset"})
        void upstream_is_let_go_when_client_goes_by(String how) throws Exception {
            upstream.byHand();
            try (RawClient client = stage.client()) {
                client.send(signedIn("GET", "/slow"));
                Exchange exchange = upstream.next();
                if (how.equals("leave")) {
                    client.leave();
                } else {
                    client.reset();
                }
                assertTrue(exchange.in().endsWithin(SOON));
                exchange.close();
            }
        }

        @Test
        void pipelined_request_is_answered_when_the_first_one_takes_its_time() throws Exception {
            upstream.byHand();
            try (RawClient client = stage.client()) {
                client.send(signedIn("GET", "/1") + signedIn("GET", "/2"));
                Exchange first = upstream.next();
                // Longer than it takes to look after a client that leaves.
                assertFalse(first.in().endsWithin(Duration.ofSeconds(1)));
                first.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1").done();
                assertEquals("1", client.response().text());
                Exchange second = upstream.next();
                assertTrue(second.head().startLine().startsWith("GET /2 "));
                second.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2").done();
                assertEquals("2", client.response().text());
            }
        }

        @Test
        void socket_carries_bytes_until_one_end_leaves() throws Exception {
            upstream.byHand();
            try (RawClient client = stage.client()) {
                client.send(signedIn(
                        "GET",
                        "/socket",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
                Exchange exchange = upstream.next();
                exchange.send(WireHead.of(
                        "HTTP/1.1 101 Switching Protocols",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
                assertEquals(101, client.in().head().status());
                client.send("there");
                assertEquals("there", exchange.in().exactly(5));
                exchange.send("back");
                assertEquals("back", client.in().exactly(4));
                exchange.halfClose();
                assertTrue(client.in().ended());
                client.leave();
                assertTrue(exchange.in().endsWithin(SOON));
                exchange.close();
            }
        }
    }

    @Nested
    class Certificates extends GateContract {
        Certificates() {
            super(TlsIT.stage);
        }

        @Test
        void next_handshake_shows_the_new_certificate_and_no_broken_one() throws Exception {
            X509Certificate second = gate().files().write(TlsGate.SECOND);
            // Nobody asks the gate for anything meanwhile.
            assertTrue(Deadline.reached(Deadline.USUAL, () -> shown().equals(second)));
            Files.writeString(gate().files().certificate(), "no certificate");
            assertTrue(Deadline.reached(Deadline.USUAL, () -> lines("; the old value stays") == 1));
            assertEquals(second, shown());
            X509Certificate first = gate().files().write(TlsGate.FIRST);
            assertTrue(Deadline.reached(Deadline.USUAL, () -> shown().equals(first)));
            assertEquals(1, lines("; the old value stays"));
            assertGoesOn();
        }

        private Certificate shown() throws IOException {
            try (SSLSocket client = gate().secure(RawClient.connect(stage.gate().port()))) {
                return client.getSession().getPeerCertificates()[0];
            }
        }

        private long lines(String end) throws IOException {
            return stage.gate().log().lines().filter(line -> line.endsWith(end)).count();
        }

        @Test
        void clients_of_tls_1_2_are_served() throws Exception {
            try (SSLSocket client =
                    gate().secureBy("TLSv1.2", RawClient.connect(stage.gate().port()))) {
                OutputStream out = client.getOutputStream();
                out.write(signedIn("GET", "/", "Connection: close").getBytes(ISO_8859_1));
                assertTrue(new String(client.getInputStream().readAllBytes(), ISO_8859_1).startsWith("HTTP/1.1 200 "));
            }
        }
    }

    private static TlsGate gate() {
        return (TlsGate) stage.gate();
    }
}
