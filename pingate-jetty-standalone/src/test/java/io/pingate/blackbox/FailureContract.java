package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: an upstream that fails, and the gate that recovers by itself. */
abstract class FailureContract extends GateContract {
    private static final Pattern TELLTALE = Pattern.compile(
            "jetty|tomcat|apache|catalina|eclipse|java|pingate/|servlet|exception", Pattern.CASE_INSENSITIVE);

    FailureContract(Stage stage) {
        super(stage);
    }

    @Test
    void answer_is_502_when_upstream_is_down_and_200_when_it_is_back() throws Exception {
        upstream.goDown();
        try {
            assertFails(502, ask(signedIn("GET", "/", "Accept: text/html")), "text/html");
            assertFails(502, ask(signedIn("GET", "/", "Accept: application/json")), "application/json");
            String navigated = ask(signedIn(
                            "GET", "/", "Accept: text/html", "Accept-Language: fr", "Sec-Fetch-Mode: navigate"))
                    .text();
            assertTrue(navigated.contains("<meta http-equiv=\"refresh\" content=\"5\">"), navigated);
            assertTrue(navigated.contains("<h1>Pas encore de r"), navigated);
            assertTrue(navigated.contains("PINGATE_UPSTREAM"), navigated);
            String posted = ask(signedIn("POST", "/", "Accept: text/html", "Content-Length: 5") + "hello")
                    .text();
            assertFalse(posted.contains("http-equiv"), posted);
            assertFails(502, ask(signedIn("POST", "/", "Content-Length: 5") + "hello"), "application/json");
        } finally {
            upstream.comeBack();
        }
        assertGoesOn();
    }

    @Test
    void health_tells_of_upstream_when_it_is_asked() throws Exception {
        assertTrue(Deadline.reached(
                Deadline.USUAL, () -> readiness().equals("200 {\"status\":\"up\",\"upstream\":\"up\"}")));
        upstream.goDown();
        try {
            assertTrue(Deadline.reached(
                    Deadline.USUAL, () -> readiness().equals("503 {\"status\":\"up\",\"upstream\":\"down\"}")));
            assertEquals(200, ask(stranger("GET", "/pin/health")).status());
        } finally {
            upstream.comeBack();
        }
        assertTrue(Deadline.reached(Deadline.USUAL, () -> readiness().startsWith("200 ")));
    }

    @Test
    void health_tells_that_upstream_is_silent_or_says_that_it_is_unavailable() throws Exception {
        upstream.play(exchange -> exchange.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 5\r\n\r\n"));
        assertTrue(Deadline.reached(Deadline.USUAL, () -> readiness().startsWith("503 ")));
        upstream.play(exchange -> exchange.send("HTTP/1.1 501 Not Implemented\r\nContent-Length: 5\r\n\r\n"));
        assertTrue(Deadline.reached(Deadline.USUAL, () -> readiness().startsWith("200 ")));
        upstream.byHand();
        assertTrue(Deadline.reached(Deadline.USUAL, () -> readiness().startsWith("503 ")));
        assertTrue(upstream.next().head().startLine().startsWith("HEAD / "));
    }

    private String readiness() throws IOException {
        WireResponse answer = ask(stranger("GET", "/pin/health?upstream"));
        return answer.status() + " " + answer.text();
    }

    @Test
    void log_says_once_why_when_upstream_is_down_and_when_it_is_back() throws Exception {
        String before = stage.gate().log();
        upstream.goDown();
        try {
            ask(signedIn("GET", "/"));
            ask(signedIn("GET", "/"));
        } finally {
            upstream.comeBack();
        }
        assertGoesOn();
        assertTrue(Deadline.reached(
                Deadline.USUAL,
                () -> stage.gate().log().substring(before.length()).contains("answers again")));
        String told = stage.gate().log().substring(before.length());
        assertEquals(2, told.split("gives no answer: nobody listens there", -1).length, told);
        assertEquals(2, told.split("answers again", -1).length, told);
    }

    @Test
    void answer_is_504_when_upstream_is_slow_and_200_when_it_is_not() throws Exception {
        upstream.byHand();
        WireResponse answer = ask(signedIn("GET", "/", "Accept: text/html"));
        assertFails(504, answer, "text/html");
        assertTrue(upstream.next().in().ended(), "what nobody waits for is given up");
        assertGoesOn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-",
                "HTTP/1.1 2",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            })
    void answer_is_502_when_upstream_says(String nonsense) throws Exception {
        upstream.play(exchange -> {
            exchange.body();
            exchange.send(nonsense).close();
        });
        assertFails(502, ask(signedIn("POST", "/", "Content-Length: 5") + "hello"), "application/json");
        assertGoesOn();
    }

    @Test
    void answer_is_502_when_upstream_switches_protocols_unasked() throws Exception {
        upstream.play(exchange -> exchange.send(
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
                .close());
        assertFails(502, ask(signedIn("GET", "/")), "application/json");
    }

    /** As when the upstream restarts: none of the connections that the gate has kept is of any use. */
    @Test
    void request_is_answered_when_upstream_has_closed_all_idle_connections() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        upstream.byHand();
        for (int i = 0; i < 5; i++) {
            RawClient client = stage.client();
            clients.add(client.send(signedIn("GET", "/")));
            exchanges.add(upstream.next());
        }
        upstream.forget();
        for (int i = 0; i < 5; i++) {
            exchanges.get(i).send(RawUpstream.OK).done();
            assertEquals(200, clients.get(i).response().status());
            clients.get(i).close();
        }
        upstream.dropConnections();
        assertEquals(200, ask(signedIn("GET", "/")).status());
        assertEquals(
                200, ask(signedIn("POST", "/", "Content-Length: 5") + "hello").status());
    }

    /** The request is on its way when the upstream decides that the connection has idled long enough. */
    @Test
    void get_is_sent_again_when_its_kept_connection_closes_unanswered() throws Exception {
        assertTrue(Deadline.reached(Deadline.USUAL, () -> {
            assertEquals(200, ask(signedIn("GET", "/first")).status());
            upstream.forget();
            AtomicBoolean kept = closeTheNextUnanswered();
            int status = ask(signedIn("GET", "/again")).status();
            assertEquals(kept.get() ? 200 : 502, status);
            return kept.get();
        }));
        assertEquals("/again", upstream.next().head().target());
        assertEquals("/again", upstream.next().head().target());
        assertTrue(upstream.heardNothing());
    }

    @Test
    void post_is_not_sent_again_when_it_may_have_been_done() throws Exception {
        assertEquals(200, ask(signedIn("GET", "/first")).status());
        upstream.forget();
        var unused = closeTheNextUnanswered();
        WireResponse answer = ask(signedIn("POST", "/pay", "Content-Length: 5") + "hello");
        assertFails(502, answer, "application/json");
        assertEquals("/pay", upstream.next().head().target());
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: gate.test\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: gate.test\r\nBad Name: x\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: gate.test\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: gate.test\r\nContent-Length: x\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: gate.test\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: gate.test\r\n\r\n"
            })
    void refusal_names_no_server_when_request_is(String request) throws Exception {
        WireResponse answer = ask(request);
        assertTrue(answer.status() >= 400 && answer.status() <= 505, answer.head()::text);
        assertNamesNoServer(answer);
        assertTrue(upstream.heardNothing());
    }

    /**
     * True when that was on a connection that had been used before. Not always it is: a client may have its answer before
     * the gate has put the connection back.
     */
    private AtomicBoolean closeTheNextUnanswered() {
        AtomicBoolean kept = new AtomicBoolean();
        int before = upstream.accepted();
        upstream.play(exchange -> {
            kept.set(upstream.accepted() == before);
            upstream.answer(RawUpstream.OK);
            exchange.body();
            exchange.close();
        });
        return kept;
    }

    private static void assertFails(int status, WireResponse answer, String type) throws IOException {
        assertEquals(status, answer.status(), answer.head()::text);
        assertTrue(answer.head().first("Content-Type").orElse("").startsWith(type), answer.head()::text);
        assertTrue(answer.body().complete());
        assertFalse(answer.text().contains("127.0.0.1"), answer::text);
        assertNamesNoServer(answer);
    }

    private static void assertNamesNoServer(WireResponse answer) {
        assertFalse(answer.head().has("Server"), answer.head()::text);
        String all = answer.head().text() + answer.text();
        assertFalse(TELLTALE.matcher(all).find(), all);
    }
}
