package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract section 4: an upstream that swallows what comes, or does everything by halves, costs its client the time that is
 * configured, and nobody else anything.
 */
abstract class UpstreamSlownessContract extends GateContract {
    /** What a gate's own clockwork may add, and more. */
    private static final Duration GRACE = Duration.ofSeconds(4);

    private static final int UPLOAD_BYTES = 32 * 1_024 * 1_024;

    private static final int PIECE_BYTES = 384 * 1_024;

    UpstreamSlownessContract(Stage stage) {
        super(stage);
    }

    @Test
    void answer_is_502_when_upstream_takes_no_connection() throws Exception {
        upstream.goDown();
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket()) {
            full.setReuseAddress(true);
            full.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), upstream.port()), 1);
            while (connects(upstream.port(), waiting)) {}
            assertAnswered(502, Stage.CONNECT_TIMEOUT, signedIn("GET", "/"));
            assertAnswered(502, Stage.CONNECT_TIMEOUT, signedIn("POST", "/", "Content-Length: 5") + "hello");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
            upstream.comeBack();
        }
        assertGoesOn();
    }

    @Test
    void answer_is_504_when_upstream_takes_an_uploads_head_and_no_more() throws Exception {
        upstream.byHand();
        Promptly.assertWithin(Stage.UPSTREAM_TIMEOUT.plus(GRACE).plusSeconds(2), () -> {
            try (RawClient client = stage.client()) {
                CompletableFuture<Void> sent = sending(client);
                Exchange exchange = upstream.next();
                long heard = System.nanoTime();
                assertEquals(504, client.response().status());
                Duration taken = Promptly.since(heard);
                client.leave();
                sent.join();
                exchange.in().toTheEnd();
                exchange.close();
                return taken;
            }
        });
        assertGoesOn();
    }

    /** It takes its time for all of it, but goes on all the time; by more at a time than what sockets hold. */
    @Test
    void upload_is_whole_when_upstream_takes_it_slowly() throws Exception {
        long until = System.nanoTime() + Stage.UPSTREAM_TIMEOUT.plusSeconds(2).toNanos();
        upstream.play(exchange -> {
            long left = UPLOAD_BYTES;
            while (System.nanoTime() - until < 0 && left > PIECE_BYTES) {
                left -= exchange.in().copy(PIECE_BYTES, OutputStream.nullOutputStream());
                LockSupport.parkNanos(100_000_000);
            }
            if (exchange.in().copy(left, OutputStream.nullOutputStream()) == left) {
                exchange.send(RawUpstream.OK);
            }
        });
        try (RawClient client = stage.client()) {
            CompletableFuture<Void> sent = sending(client);
            assertEquals(200, client.response().status());
            client.leave();
            sent.join();
        }
        assertGoesOn();
    }

    /** A byte is no answer, and the next one is none. */
    @Test
    void answer_is_504_when_upstream_lets_its_head_drip() throws Exception {
        upstream.play(exchange -> {
            drip(exchange, "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(1_000), Duration.ofMillis(100));
        });
        assertAnswered(504, Stage.UPSTREAM_TIMEOUT, signedIn("GET", "/"));
        assertGoesOn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nX-A: b\r\n\r\nhello world",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello world"
            })
    void answer_is_whole_when_it_comes_byte_by_byte(String answer) throws Exception {
        upstream.play(exchange -> {
            drip(exchange, answer, Duration.ofMillis(2));
            if (answer.contains("close")) {
                exchange.close();
            }
        });
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/"));
            WireResponse response = RequestFramingContract.finalAnswer(client);
            assertEquals("hello world", response.text());
            assertTrue(response.body().complete());
        }
        assertGoesOn();
    }

    /** One that is slow costs others nothing. */
    @Test
    void others_are_answered_when_upstream_swallows_a_hundred_requests() throws Exception {
        upstream.byHand();
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(stage.client().send(signedIn("GET", "/slow")));
            upstream.next();
        }
        upstream.forget();
        upstream.answer(RawUpstream.OK);
        long start = System.nanoTime();
        assertEquals(200, ask(signedIn("GET", "/")).status());
        assertTrue(System.nanoTime() - start < Stage.UPSTREAM_TIMEOUT.toNanos());
        for (RawClient client : waiting) {
            client.close();
        }
    }

    private static void drip(Exchange exchange, String text, Duration pause) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            exchange.send(text.substring(i, i + 1));
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private CompletableFuture<Void> sending(RawClient client) throws IOException {
        client.send(signedIn("POST", "/upload", "Content-Length: " + UPLOAD_BYTES));
        return CompletableFuture.runAsync(() -> {
            try {
                byte[] piece = new byte[64 * 1_024];
                for (int sent = 0; sent < UPLOAD_BYTES; sent += piece.length) {
                    client.send(piece);
                }
            } catch (IOException notWanted) {
                // It has been answered by then.
            }
        });
    }

    /** In time, and not before it. */
    private void assertAnswered(int status, Duration timeout, String request) throws Exception {
        Promptly.assertWithin(timeout.plus(GRACE), () -> {
            long start = System.nanoTime();
            assertEquals(status, ask(request).status());
            Duration taken = Promptly.since(start);
            assertFalse(taken.compareTo(timeout) < 0, taken::toString);
            return taken;
        });
    }

    private static boolean connects(int port, List<Socket> sockets) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }
}
