package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.Test;

/** Sign-in forms that don't come to their end. */
class SlowFormTest {
    /** More than Jetty's 200 threads. */
    private static final int STRANGERS = 250;

    @Test
    void others_are_answered_when_many_forms_stall() throws Exception {
        List<RawClient> strangers = new ArrayList<>();
        try (GuardedServer server = server(Duration.ofMinutes(1))) {
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(stall(server));
            }
            assertEquals(200, server.get("/", "Cookie", GuardedServer.cookie()).statusCode());
            assertEquals(303, server.post("/pin/check", "pin=4711").statusCode());
        } finally {
            strangers.forEach(SlowFormTest::close);
        }
    }

    @Test
    void form_is_tried_when_it_comes_in_pieces() throws Exception {
        try (GuardedServer server = server(Duration.ofMinutes(1));
                RawClient slow = stall(server)) {
            for (String piece : List.of("4", "71", "1&a")) {
                slow.send(piece);
                // Another request in between, so that the piece is read by itself.
                server.get("/pin/health");
            }
            assertEquals(303, slow.in().head().status());
        }
    }

    @Test
    void form_is_given_up_when_it_takes_too_long() throws Exception {
        try (GuardedServer server = server(Duration.ofMillis(200));
                RawClient slow = stall(server)) {
            String answer = slow.in().rest();
            assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
            assertTrue(answer.contains("Connection: close"), answer);
            assertTrue(answer.contains("took too long"), answer);
        }
    }

    @Test
    void server_goes_on_when_the_client_breaks_its_form_off() throws Exception {
        try (GuardedServer server = server(Duration.ofMinutes(1))) {
            stall(server).close();
            assertEquals(303, server.post("/pin/check", "pin=4711").statusCode());
        }
    }

    /** Somebody's filter before the gate's may not support asynchronous processing. */
    @Test
    void form_is_read_at_once_when_it_cannot_be_awaited() throws Exception {
        ServletContextHandler webapp = new ServletContextHandler("/");
        FilterHolder gate = new FilterHolder(new PinGateFilter());
        gate.setInitParameters(GuardedServer.SETTINGS);
        gate.setAsyncSupported(false);
        webapp.addFilter(gate, "/*", EnumSet.of(DispatcherType.REQUEST));
        webapp.addServlet(new ServletHolder(new HttpServlet() {}), "/*");
        try (GuardedServer server = GuardedServer.start(webapp)) {
            assertEquals(303, server.post("/pin/check", "pin=4711").statusCode());
            String answer = server.raw("POST /pin/check HTTP/1.1\r\nHost: gate.test\r\nContent-Type: "
                    + "application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
            assertTrue(answer.contains("can't be read"), answer);
        }
    }

    private static GuardedServer server(Duration formTimeout) throws Exception {
        return GuardedServer.start(new PinGateFilter(formTimeout), "/", GuardedServer.SETTINGS, new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                response.setStatus(HttpServletResponse.SC_OK);
            }
        });
    }

    private static RawClient stall(GuardedServer server) throws IOException {
        return RawClient.to(server.port())
                .send(WireHead.of(
                                "POST /pin/check HTTP/1.1",
                                "Host: gate.test",
                                "Content-Type: application/x-www-form-urlencoded",
                                "Content-Length: 10")
                        + "pin=");
    }

    private static void close(RawClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
