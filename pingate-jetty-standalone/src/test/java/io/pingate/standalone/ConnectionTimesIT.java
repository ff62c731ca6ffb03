package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.config.ListenerTls;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.standalone.connector.ConnectionLimits;
import io.pingate.testing.Deadline;
import io.pingate.testing.RawClient;
import io.pingate.testing.TlsFiles;
import io.pingate.testing.WireHead;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a client's connection may take for what, with limits that a test can wait for. */
@Timeout(240)
class ConnectionTimesIT {
    private static final long POLL_NANOS = 10_000_000;
    private static final Duration DRIP = Duration.ofMillis(100);
    /** Once a second, connections are looked at. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private static final String PING = "\0\0\u0008\u0006\0\0\0\0\0" + "12345678";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\u0004\0\0\0\0\0";
    /** GET / of http, with an empty authority: all from the static table (RFC 7541 appendix A). */
    private static final String FIELDS = "\u0082\u0084\u0086A\u0001h";

    private static MirrorServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = new MirrorServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "GET /slow HTTP/1.1\r\nHost: h\r\nX-Slow: ", "PRI * HTTP/2.0\r\n\r\n", PREFACE})
    void connection_ends_when_its_first_head_drips_after(String start) throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(start);
            assertEndsInTime(
                    client,
                    drop -> start.equals(PREFACE)
                            ? PING.substring(drop % PING.length(), drop % PING.length() + 1)
                            : start.isEmpty() ? "\r\n" : start.endsWith("\n") ? "" : "x");
        }
    }

    /** Nothing of a handshake, and the beginning of one that never ends. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\u0016\u0003\u0001\u0002\0\u0001"})
    void connection_ends_when_its_handshake_drips_after(String start) throws Exception {
        try (MirrorServer secure = new MirrorServer(tls());
                RawClient client = RawClient.to(secure.port())) {
            client.send(start);
            assertEndsInTime(client, drop -> start.isEmpty() ? "" : "\0");
        }
    }

    private Supplier<ListenerTls> tls() throws Exception {
        TlsFiles files = TlsFiles.in(folder);
        files.write("/io/pingate/standalone/tls/localhost.p12");
        SettingsReader settings = new SettingsReader(List.of(SettingsSource.environment(files.settings()::get)));
        ListenerTls tls = ListenerTls.read(settings).orElseThrow();
        return () -> tls;
    }

    @Test
    void connection_ends_when_only_pings_come() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(PREFACE);
            assertEndsInTime(client, drop -> PING);
        }
    }

    @Test
    void connection_ends_when_a_later_head_drips() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(WireHead.of("GET / HTTP/1.1", "Host: h", "X-End: ."));
            client.in().until("X-End: .\n");
            client.send("GET /slow HTTP/1.1\r\nHost: h\r\nX-Slow: ");
            assertEndsInTime(client, drop -> "x");
        }
    }

    @Test
    void connection_ends_when_the_rest_of_a_pipelined_head_is_missing() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(WireHead.of("GET / HTTP/1.1", "Host: h", "X-End: .") + "GET /slow HTTP/1.1\r\n");
            client.in().until("X-End: .\n");
            assertEndsInTime(client, drop -> "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // HEADERS of stream 3 without END_HEADERS: CONTINUATION frames follow
                "\0\0\u0001\u0001\u0001\0\0\0\u0003" + "\u0082",
                // HEADERS of stream 3 that are announced and don't come
                "\0\u0001\0\u0001\u0005\0\0\0\u0003",
                // a frame whose kind is not known yet
                "\0\0"
            })
    void connection_ends_when_a_later_http2_head_drips_after(String start) throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(PREFACE + request(1));
            client.in().until("body 0\n");
            client.send(start);
            boolean continued = start.endsWith("\u0082");
            assertEndsInTime(client, drop -> continued ? "\0\0\0\u0009\0\0\0\0\u0003" : "");
        }
    }

    @Test
    void http2_connection_stays_when_its_heads_are_whole() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(PREFACE + request(1));
            client.in().until("body 0\n");
            long end = System.nanoTime()
                    + MirrorServer.LIMITS.head().plus(SWEEP).plus(SWEEP).toNanos();
            int stream = 1;
            while (System.nanoTime() < end) {
                stream += 2;
                client.send(PING + request(stream));
                client.in().until("body 0\n");
                assertFalse(client.in().endsWithin(DRIP));
            }
        }
    }

    @Test
    void connection_stays_between_requests_when_a_stall_would_have_ended_it() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(WireHead.of("GET / HTTP/1.1", "Host: h", "X-End: ."));
            client.in().until("X-End: .\n");
            assertFalse(client.in().endsWithin(MirrorServer.LIMITS.head().plus(SWEEP)));
            client.send(WireHead.of("GET / HTTP/1.1", "Host: h", "X-End: ."));
            client.in().until("X-End: .\n");
            assertTrue(client.in().endsWithin(Deadline.USUAL));
        }
    }

    /** Cloudflare's tunnel keeps a connection for 90 s, Caddy for 120 s. */
    @Test
    void usual_limits_outlast_the_proxies_in_front() {
        assertTrue(ConnectionLimits.USUAL.idle().compareTo(Duration.ofSeconds(125)) >= 0);
        assertTrue(ConnectionLimits.USUAL.stall().compareTo(Duration.ofSeconds(60)) <= 0);
        assertTrue(ConnectionLimits.USUAL.head().compareTo(Duration.ofSeconds(30)) <= 0);
    }

    /** Whether it has said all, or part of an upload that nobody wants. */
    @ParameterizedTest
    @ValueSource(strings = {"Connection: close", "Content-Length: 10000000"})
    void connection_is_let_go_when_a_client_stays_behind_its_answer_with(String field) throws IOException {
        MirrorServer own = new MirrorServer();
        try (RawClient client = RawClient.to(own.port())) {
            client.send(WireHead.of("POST /%zz HTTP/1.1", "Host: h", field) + "part");
            assertTrue(client.in().rest().startsWith("HTTP/1.1 400 "));
            long end = System.nanoTime() + Deadline.USUAL.toNanos();
            while (own.openConnections() > 0) {
                assertTrue(System.nanoTime() < end, "still open");
                LockSupport.parkNanos(POLL_NANOS);
            }
        } finally {
            own.close();
        }
    }

    @Test
    void admitted_http2_upload_may_pause_for_longer_than_any_limit() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(PREFACE + "\0\0" + (char) FIELDS.length() + "\u0001\u0004\0\0\0\u0001"
                    + FIELDS.replace('\u0082', '\u0083'));
            client.send("\0\0\u0001\0\0\0\0\0\u0001" + "a");
            assertFalse(client.in().endsWithin(MirrorServer.LIMITS.idle().plus(SWEEP)));
            client.send("\0\0\u0001\0\u0001\0\0\0\u0001" + "b");
            client.in().until("body 2\n");
        }
    }

    /** A whole request on that stream, END_STREAM and END_HEADERS. */
    private static String request(int stream) {
        return "\0\0" + (char) FIELDS.length() + "\u0001\u0005\0\0\0" + (char) stream + FIELDS;
    }

    private static void assertEndsInTime(RawClient client, IntFunction<String> drops) throws IOException {
        long begin = System.nanoTime();
        // Sooner than one that is idle does, and with some time left for a busy machine.
        long end = begin + MirrorServer.LIMITS.idle().minus(SWEEP).toNanos();
        for (int drop = 0; !client.in().endsWithin(DRIP); drop++) {
            assertTrue(System.nanoTime() < end, "still open");
            try {
                client.send(drops.apply(drop));
            } catch (SocketException closed) {
                break;
            }
        }
        Duration lasted = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(lasted.compareTo(MirrorServer.LIMITS.head().dividedBy(2)) > 0, () -> "ended after " + lasted);
    }
}
