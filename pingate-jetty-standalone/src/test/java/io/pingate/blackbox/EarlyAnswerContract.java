package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Contract section 4: an answer that comes before the upload's end reaches a client that reads only when it has written
 * all, as Python's http.client does; on HTTP/1.1.
 */
abstract class EarlyAnswerContract extends GateContract {
    private static final int UPLOAD_BYTES = 3 * 1_024 * 1_024;
    private static final int PIECE_BYTES = 64 * 1_024;
    private static final long BETWEEN_PIECES_NANOS = 15_000_000;
    private static final int CLIENTS = 8;

    EarlyAnswerContract(Stage stage) {
        super(stage);
    }

    @Test
    void answer_is_whole_when_an_upload_has_no_cookie() throws Exception {
        assertAnswered(401, stranger("POST", "/upload", length()));
        assertTrue(upstream.heardNothing());
    }

    @Test
    void answer_is_whole_when_a_navigation_with_a_body_has_no_cookie() throws Exception {
        assertAnswered(303, stranger("GET", "/upload", length(), "Accept: text/html"));
        assertTrue(upstream.heardNothing());
    }

    @Test
    void answer_is_whole_when_a_sign_in_is_too_large() throws Exception {
        assertAnswered(
                413, stranger("POST", "/pin/check", length(), "Content-Type: application/x-www-form-urlencoded"));
    }

    @Test
    void answer_is_whole_when_upstream_wants_no_more() throws Exception {
        upstream.play(exchange -> {
            exchange.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
            exchange.halfClose();
            exchange.in().toTheEnd();
        });
        assertAnswered(413, signedIn("POST", "/upload", length()));
        assertGoesOn();
    }

    @Test
    void answer_is_whole_when_upstream_breaks_off() throws Exception {
        upstream.play(Exchange::reset);
        assertAnswered(502, signedIn("POST", "/upload", length()));
        assertGoesOn();
    }

    @Test
    void answer_is_whole_when_an_upload_is_chunked() throws Exception {
        String head = stranger("POST", "/upload", "Transfer-Encoding: chunked");
        assertAnswered(401, head + Integer.toHexString(UPLOAD_BYTES) + "\r\n", "\r\n0\r\n\r\n");
    }

    /** So it is with browsers and curl, and in every container. */
    @Test
    void answer_arrives_when_the_client_reads_as_it_sends() throws Exception {
        try (RawClient client = stage.client()) {
            client.send(stranger("POST", "/upload", length()));
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    write(client);
                } catch (IOException nobodyTakesIt) {
                    // The answer has been sent by then.
                }
            });
            assertEquals(401, client.response().status());
            client.leave();
            sent.join();
        }
    }

    static String length() {
        return "Content-Length: " + UPLOAD_BYTES;
    }

    private void assertAnswered(int status, String head) throws Exception {
        assertAnswered(status, head, "");
    }

    /** Every one of them, at the same time. */
    private void assertAnswered(int status, String head, String end) throws Exception {
        List<CompletableFuture<WireResponse>> answers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            answers.add(uploading(head, end));
        }
        List<String> told = new ArrayList<>();
        for (CompletableFuture<WireResponse> answer : answers) {
            told.add(told(answer));
        }
        assertEquals(Collections.nCopies(CLIENTS, status + " whole, close"), told);
    }

    private static String told(CompletableFuture<WireResponse> answer) {
        try {
            WireResponse response = answer.join();
            return response.status() + (response.body().complete() ? " whole" : " cut") + ", "
                    + response.head().first("Connection").orElse("nothing said");
        } catch (CompletionException e) {
            return e.getCause().toString();
        }
    }

    private CompletableFuture<WireResponse> uploading(String head, String end) {
        CompletableFuture<WireResponse> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (RawClient client = stage.client()) {
                client.send(head);
                write(client);
                client.send(end);
                answer.complete(client.response());
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    /** Slowly, and without a look at what comes back. */
    private static void write(RawClient client) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        for (int sent = 0; sent < UPLOAD_BYTES; sent += PIECE_BYTES) {
            client.send(piece);
            LockSupport.parkNanos(BETWEEN_PIECES_NANOS);
        }
    }
}
