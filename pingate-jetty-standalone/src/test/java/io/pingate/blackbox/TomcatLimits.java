package io.pingate.blackbox;

import static io.pingate.blackbox.RequestHeaderContract.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireBody;
import io.pingate.testing.WireHead;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lines of the contract that Tomcat cannot keep, each with what it does in its place. A test that is overridden
 * without an annotation is not run; the one below it is its substitute.
 */
final class TomcatLimits {
    private TomcatLimits() {}

    /** The Servlet API has no interim responses but 100. */
    abstract static class Wholeness extends WholenessContract {
        Wholeness(Stage stage) {
            super(stage);
        }

        @Override
        void interim_response_passes_when_upstream_sends(String interim) {}

        @ParameterizedTest
        @MethodSource("interim")
        void final_response_passes_alone_when_upstream_sends_interim_ones(String interim) throws Exception {
            upstream.answer("HTTP/1.1 " + interim + "\r\n" + RawUpstream.OK);
            assertEquals("ok", ask(signedIn("GET", "/")).text());
        }

        /** Unless the connector's allowedTrailerHeaders names them. */
        @Override
        void trailers_reach_upstream_but_none_that_says_who_is_signed_in() {}

        @Test
        void trailers_of_a_request_are_dropped() throws Exception {
            upstream.byHand();
            try (RawClient client = stage.client()) {
                client.send(
                        signedIn("POST", "/", "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n");
                Exchange exchange = upstream.next();
                WireBody body = exchange.body();
                assertEquals("hello", body.text());
                assertEquals("", body.trailers());
                exchange.send(RawUpstream.OK).done();
                assertEquals(200, client.response().status());
            }
        }

        static List<String> interim() {
            return List.of("102 Processing\r\n", "103 Early Hints\r\nLink: </a.css>; rel=preload\r\n");
        }
    }

    /** Tomcat knows no 431, and takes no more than 100 fields unless its connector says so (maxHeaderCount). */
    abstract static class RequestHeader extends RequestHeaderContract {
        RequestHeader(Stage stage) {
            super(stage);
        }

        @Override
        void header_block_is_refused_with_431_when_40_kib_long() {}

        @Override
        void head_is_refused_with_431_when_it_has_more_than_400_fields() {}

        @Test
        void head_is_refused_with_400_when_it_has_more_than_100_fields() throws Exception {
            assertEquals(400, ask(signedIn("GET", "/many", numbered(99))).status());
            assertTrue(upstream.heardNothing());
        }

        @Test
        void header_block_is_refused_with_400_when_40_kib_long() throws Exception {
            assertEquals(400, tooLong().status());
            assertTrue(upstream.heardNothing());
        }
    }

    /** Tomcat calls for a body before anybody has looked at its request; told to wait, it would wait for ever. */
    abstract static class RequestFraming extends RequestFramingContract {
        RequestFraming(Stage stage) {
            super(stage);
        }

        @Override
        void refusal_comes_without_100_when_there_is_no_cookie() {}

        @Test
        void refusal_comes_behind_a_100_when_there_is_no_cookie() throws Exception {
            try (RawClient client = stage.client()) {
                client.send(stranger("POST", "/", "Content-Length: 50000", "Expect: 100-continue"));
                assertEquals(100, client.response().status());
                assertEquals(401, client.response().status());
            }
            assertTrue(upstream.heardNothing());
        }
    }

    /**
     * Tomcat takes a request line that ends early for HTTP/0.9, which has no status line. It refuses bytes above ASCII in
     * a target, and a target in absolute form whose host isn't letter for letter the Host
     * field's.
     */
    abstract static class Target extends TargetContract {
        Target(Stage stage) {
            super(stage);
        }

        @Override
        void target_passes_byte_for_byte_when_it_has_raw_utf8(String target) {}

        @ParameterizedTest
        @MethodSource("rawUtf8")
        void target_is_refused_when_it_has_raw_utf8(String target) throws Exception {
            assertEquals(400, ask(signedIn("GET", target)).status());
            assertTrue(upstream.heardNothing());
        }

        @Override
        void way_back_is_percent_encoded_when_target_has_raw_utf8() {}

        @Override
        void host_is_as_the_field_says_when_absolute_form_names_the_same() {}

        @Override
        void absolute_forms_host_counts_when_it_differs_from_the_field() {}

        @Test
        void request_is_refused_when_absolute_form_names_another_host() throws Exception {
            assertEquals(400, ask(signedIn("GET", "http://other.test:8080/a?b")).status());
            assertTrue(upstream.heardNothing());
        }

        @Override
        void request_is_refused_when_it_has_no_target() {}

        @Test
        void request_gets_an_error_page_without_head_when_it_has_no_target() throws Exception {
            try (RawClient client = stage.client()) {
                String page = client.send(signedIn("GET", "")).in().toTheEnd();
                assertTrue(page.contains("400"), page);
            }
            assertTrue(upstream.heardNothing());
        }
    }

    /** Tomcat is lenient with heads, yet hands over one reading of them; the gate writes the upstream's anew from it. */
    abstract static class Smuggling extends SmugglingContract {
        Smuggling(Stage stage) {
            super(stage);
        }

        @Override
        void request_is_refused_when_it_has_length_and_chunks(String lines) {}

        @ParameterizedTest
        @MethodSource("twoLengths")
        void request_has_chunks_alone_when_it_has_length_and_chunks(String lines) throws Exception {
            WireHead head = passedOneWay(line(lines) + "0\r\n\r\n");
            assertEquals("chunked", only(head, "Transfer-Encoding"));
            assertFalse(head.has("Content-Length"), head::text);
        }

        @Override
        void request_is_refused_when_a_line_is_folded(String lines) {}

        @Test
        void line_is_unfolded_when_folded() throws Exception {
            assertEquals("a b", only(passedOneWay(line("X-Folded: a\r\n b")), "X-Folded"));
            WireHead hidden = passedOneWay(line("X-Folded: a\r\n\tTransfer-Encoding: chunked"));
            assertEquals("a\tTransfer-Encoding: chunked", only(hidden, "X-Folded"));
            assertFalse(hidden.has("Transfer-Encoding"), hidden::text);
        }

        @Override
        void request_is_refused_when_a_line_ends_with_a_bare_lf(String lines) {}

        @Test
        void line_ends_when_its_lf_is_bare() throws Exception {
            WireHead head = passedOneWay(line("X-Bare: a\nX-Second: b"));
            assertEquals("a", only(head, "X-Bare"));
            assertEquals("b", only(head, "X-Second"));
        }

        @Override
        void request_is_refused_when_it_has_no_version() {}

        @Test
        void request_has_no_cookie_when_it_has_no_version() throws Exception {
            try (RawClient client = stage.client()) {
                String page = client.send("GET /\r\nHost: gate.test\r\nCookie: " + stage.cookie() + "\r\n\r\n")
                        .in()
                        .toTheEnd();
                assertTrue(page.contains("sign-in"), page);
            }
            assertTrue(upstream.heardNothing());
        }

        /** The upstream hears one request, and what follows it on the connection is the client's next one, if anything. */
        private WireHead passedOneWay(String request) throws Exception {
            try (RawClient client = stage.client()) {
                client.send(request + SMUGGLED);
                assertEquals(200, client.response().status());
                assertTrue(client.in().ended() || client.response().status() == 401);
            }
            WireHead head = upstream.next().head();
            assertEquals("/outer", head.target());
            assertEquals(List.of(), head.all("X-Smuggled"));
            assertTrue(upstream.heardNothing());
            return head;
        }
    }

    /** Tomcat does not look at a connection that it neither reads from nor writes to. */
    abstract static class Stream extends StreamContract {
        Stream(Stage stage) {
            super(stage);
        }

        @Override
        void upstream_request_ends_within_two_seconds_when_client_leaves_in_silence() {}

        @Override
        void upstream_request_ends_within_two_seconds_when_client_is_reset_in_silence() {}

        @Override
        void upstream_request_ends_within_two_seconds_when_client_leaves_before_the_first_byte() {}

        @Override
        void upstream_request_ends_within_two_seconds_when_client_leaves_just_before_the_head() {}

        @Override
        void upstream_request_ends_when_client_leaves_that_had_half_closed_before() {}

        @Test
        void upstream_request_ends_with_its_next_piece_when_client_left_before_the_first_byte() throws Exception {
            RawClient client = stage.client();
            Exchange exchange = opened(client);
            client.leave();
            assertEndsWhileWriting(exchange);
        }

        @Test
        void upstream_request_ends_with_its_next_piece_when_client_was_reset_in_silence() throws Exception {
            RawClient client = stage.client();
            Exchange exchange = opened(client);
            client.in().head();
            client.reset();
            assertEndsWhileWriting(exchange);
        }
    }

    /** For the same reason. */
    abstract static class WebSocket extends WebSocketContract {
        WebSocket(Stage stage) {
            super(stage);
        }

        @Override
        void upstream_handshake_is_given_up_when_client_goes_before_the_101() {}

        @Test
        void upstream_is_closed_with_its_101_when_client_has_gone() throws Exception {
            upstream.byHand();
            RawClient client = stage.client();
            client.send(handshake());
            Exchange exchange = upstream.next();
            client.leave();
            exchange.send(SWITCHED);
            assertTrue(exchange.in().ended());
            exchange.close();
        }
    }
}
