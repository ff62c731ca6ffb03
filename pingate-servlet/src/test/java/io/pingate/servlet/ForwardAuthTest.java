package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServlet;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwardAuthTest {
    private static final String[] PAGE = {"Accept", "text/html"};

    private GuardedServer server;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> settings = new HashMap<>(GuardedServer.SETTINGS);
        settings.putAll(Map.of(
                "publicPaths", "/hook/*",
                "trustedEmail", "me@example.org",
                "cookieDomain", "example.org",
                "publicUrl", "https://auth.example.org",
                "authUriHeader", "x-forwarded-uri"));
        server = GuardedServer.start("/", settings, new NobodyAsked());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String... headers) throws Exception {
        return server.get("/pin/auth", headers);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static List<String> email(HttpResponse<String> answer) {
        return answer.headers().allValues("X-Trusted-User-Email");
    }

    @Test
    void who_is_signed_in_is_named() throws Exception {
        HttpResponse<String> answer = ask("X-Forwarded-Uri", "/a", "Cookie", GuardedServer.cookie());
        assertEquals(204, answer.statusCode());
        assertEquals(List.of("me@example.org"), email(answer));
    }

    @Test
    void stranger_is_nobody_on_a_public_path_by_the_header_that_counts() throws Exception {
        HttpResponse<String> answer = ask("X-Forwarded-Uri", "/hook/a");
        assertEquals(204, answer.statusCode());
        assertEquals(List.of(""), email(answer));
        assertEquals(401, ask("X-Original-URI", "/hook/a").statusCode());
    }

    @Test
    void page_of_another_host_is_sent_to_the_gate_and_back() throws Exception {
        HttpResponse<String> answer = ask(
                "X-Forwarded-Uri",
                "/a",
                "X-Forwarded-Host",
                "notes.example.org",
                "X-Forwarded-Proto",
                "https",
                PAGE[0],
                PAGE[1]);
        assertEquals(303, answer.statusCode());
        assertEquals("https://auth.example.org/pin?next=https%3A//notes.example.org/a", location(answer));
    }

    @Test
    void page_of_the_gate_host_is_sent_to_its_form() throws Exception {
        HttpResponse<String> answer = ask(
                "X-Forwarded-Uri",
                "/a",
                "X-Forwarded-Host",
                "auth.example.org",
                "X-Forwarded-Proto",
                "https",
                PAGE[0],
                PAGE[1]);
        assertEquals("https://auth.example.org/pin?next=/a", location(answer));
    }

    @Test
    void proxy_that_makes_no_redirects_is_told_the_place() throws Exception {
        HttpResponse<String> answer = ask("X-Original-URI", "/a", PAGE[0], PAGE[1]);
        assertEquals(401, answer.statusCode());
        assertTrue(location(answer).startsWith("https://auth.example.org/pin?next="), location(answer));
    }

    @Test
    void contradiction_and_pages_of_the_gate_are_refused() throws Exception {
        assertEquals(400, ask("X-Original-URI", "/a", "X-Forwarded-Uri", "/b").statusCode());
        assertEquals(
                403,
                ask("X-Forwarded-Uri", "/pin", "Cookie", GuardedServer.cookie()).statusCode());
    }

    @Test
    void setting_that_names_another_header_is_refused() {
        Map<String, String> settings = new HashMap<>(GuardedServer.SETTINGS);
        settings.put("authUriHeader", "X-Anything");
        Exception fault = assertThrows(Exception.class, () -> GuardedServer.start("/", settings, new NobodyAsked())
                .close());
        assertTrue(String.valueOf(fault).contains("PINGATE_AUTH_URI_HEADER"), fault::toString);
    }

    private static final class NobodyAsked extends HttpServlet {
        private static final long serialVersionUID = 1;
    }
}
