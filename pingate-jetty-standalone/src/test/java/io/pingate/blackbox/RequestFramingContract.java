package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireBody;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: every way to frame a request's body keeps its meaning. */
abstract class RequestFramingContract extends GateContract {
    RequestFramingContract(Stage stage) {
        super(stage);
    }

    @Test
    void length_stays_when_client_gives_one() throws Exception {
        Exchange exchange = uploaded(signedIn("POST", "/", "Content-Length: 5") + "hello");
        assertEquals(List.of("5"), exchange.head().all("Content-Length"));
        assertFalse(exchange.head().has("Transfer-Encoding"));
        assertFalse(exchange.head().has("Content-Type"), "a type is not invented");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked"})
    void chunks_stay_chunks_when_client_sends_them(String coding) throws Exception {
        Exchange exchange = uploaded(signedIn("POST", "/", "Transfer-Encoding: " + coding)
                + "3;ext=\"a\"\r\nhel\r\n0002\r\nlo\r\n0\r\n\r\n");
        assertEquals(List.of("chunked"), exchange.head().all("Transfer-Encoding"));
        assertFalse(exchange.head().has("Content-Length"));
        assertFalse(exchange.head().has("Content-Type"), "a type is not invented");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "GET", "OPTIONS", "PROPFIND"})
    void body_passes_when_method_is(String method) throws Exception {
        uploaded(signedIn(method, "/", "Content-Length: 5", "Content-Type: x/y") + "hello");
    }

    @Test
    void empty_body_keeps_its_length_when_posted() throws Exception {
        assertEquals(
                List.of("0"), passed(signedIn("POST", "/", "Content-Length: 0")).all("Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
    void no_framing_is_invented_when_there_is_no_body(String method) throws Exception {
        try (RawClient client = stage.client()) {
            client.send(signedIn(method, "/"));
            client.in().head();
        }
        WireHead head = upstream.next().head();
        assertFalse(head.has("Content-Length"), head::text);
        assertFalse(head.has("Transfer-Encoding"), head::text);
    }

    @Test
    void form_reaches_upstream_untouched_when_posted() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            String form = "pin=1&next=%2F&a=b+c";
            client.send(signedIn(
                            "POST",
                            "/form",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: " + form.length())
                    + form);
            Exchange exchange = upstream.next();
            assertEquals(form, exchange.body().text());
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    @Test
    void body_waits_for_100_continue_when_expected() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/", "Content-Length: 5", "Expect: 100-continue"));
            Exchange exchange = upstream.next();
            assertEquals("100-continue", exchange.head().first("Expect").orElse(""));
            exchange.send("HTTP/1.1 100 Continue\r\n\r\n");
            assertEquals(100, client.response().status());
            client.send("hello");
            assertEquals("hello", exchange.body().text());
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
        }
    }

    @Test
    void final_answer_arrives_without_100_when_upstream_wants_no_body() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/", "Content-Length: 50000", "Expect: 100-continue"));
            Exchange exchange = upstream.next();
            exchange.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno")
                    .close();
            assertEquals(413, finalAnswer(client).status());
        }
    }

    @Test
    void refusal_comes_without_100_when_there_is_no_cookie() throws Exception {
        try (RawClient client = stage.client()) {
            client.send(stranger("POST", "/", "Content-Length: 50000", "Expect: 100-continue"));
            assertEquals(401, client.response().status());
        }
        assertTrue(upstream.heardNothing());
    }

    @Test
    void connection_is_in_step_when_answer_came_before_the_body_was_read() throws Exception {
        try (RawClient client = stage.client()) {
            client.send(signedIn("POST", "/first", "Content-Length: 5") + "hello" + signedIn("GET", "/second"));
            assertEquals("ok", client.response().text());
            assertEquals("ok", client.response().text());
        }
        assertEquals("/first", upstream.next().head().target());
        assertEquals("/second", upstream.next().head().target());
        assertTrue(upstream.heardNothing());
    }

    static WireResponse finalAnswer(RawClient client) throws Exception {
        WireResponse answer = client.response();
        while (answer.status() < 200) {
            answer = client.response();
        }
        return answer;
    }

    /** Sends a request whose body is "hello", and sees it arrive. */
    private Exchange uploaded(String request) throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(request);
            Exchange exchange = upstream.next();
            WireBody body = exchange.body();
            assertEquals("hello", body.text());
            assertTrue(body.complete());
            exchange.send(RawUpstream.OK).done();
            assertEquals(200, client.response().status());
            return exchange;
        }
    }
}
