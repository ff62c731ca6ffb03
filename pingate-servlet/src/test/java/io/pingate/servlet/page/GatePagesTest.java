package io.pingate.servlet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.GuardedServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and programs get to see of the gate, with a servlet behind it that always fails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatePagesTest {
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    private GuardedServer server;

    @BeforeAll
    void start() throws Exception {
        server = GuardedServer.start("/", GuardedServer.SETTINGS, new Failing());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void only_the_own_style_and_script_are_allowed_when_a_page_is_shown() throws Exception {
        HttpResponse<String> page = server.get("/pin");
        assertEquals(
                "default-src 'none'; style-src " + hash(STYLE, page.body()) + "; script-src "
                        + hash(SCRIPT, page.body()) + "; img-src data:; frame-ancestors 'none'; base-uri 'none'",
                header(page, "Content-Security-Policy"));
        assertFalse(page.body().contains(" style="), "an inline style would be blocked");
        assertFalse(Pattern.compile(" on[a-z]+=").matcher(page.body()).find(), "so would an inline handler");
    }

    private static String hash(Pattern element, String page) throws Exception {
        Matcher found = element.matcher(page);
        assertTrue(found.find(), page);
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(found.group(1).getBytes(StandardCharsets.UTF_8));
        assertFalse(found.find(), "more than one");
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @Test
    void page_is_for_this_browser_alone_when_shown() throws Exception {
        HttpResponse<String> page = server.get("/pin");
        assertEquals("no-store", header(page, "Cache-Control"));
        assertEquals("nosniff", header(page, "X-Content-Type-Options"));
        assertEquals("same-origin", header(page, "Referrer-Policy"));
        assertEquals("DENY", header(page, "X-Frame-Options"));
        assertEquals("text/html;charset=utf-8", header(page, "Content-Type"));
    }

    @Test
    void form_has_one_field_to_fill_in_when_shown() throws Exception {
        String page = server.get("/pin?next=%2Fa").body();
        assertEquals(1, count(page, "<input type=\"password\""), page);
        assertEquals(3, count(page, "<input "), page);
        assertTrue(page.contains("name=\"username\" autocomplete=\"username\" value=\"127.0.0.1:"), page);
        assertTrue(page.contains("autocomplete=\"current-password\""), page);
        assertTrue(page.contains("method=\"post\" action=\"\""), page);
        assertTrue(page.contains("<input type=\"hidden\" name=\"next\" value=\"/a\">"), page);
        assertTrue(page.contains("<label for=\"pin\">"), page);
        assertTrue(page.contains("name=\"viewport\""), page);
        assertTrue(page.contains("stay signed in until <time class=\"day\" datetime=\"2"), page);
        assertFalse(page.contains("role=\"alert\""), page);
        assertFalse(page.contains("{{"), page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pin?next=/a%26b", "/pin/check?next=/a%26b", "/pin/logout?next=/a%26b"})
    void way_on_and_way_out_are_shown_when_signed_in(String target) throws Exception {
        HttpResponse<String> answer = server.get(target, "Cookie", GuardedServer.cookie());
        String page = answer.body();
        assertEquals(200, answer.statusCode());
        assertTrue(page.contains("<h1>You are signed in</h1>"), page);
        assertTrue(page.contains("href=\"/a&amp;b\">Open</a>"), page);
        assertTrue(page.contains("<p>Until <time datetime=\"2"), page);
        assertTrue(page.contains("<form method=\"post\" action=\"/pin/logout\">"), page);
        assertFalse(page.contains("<input") || page.contains("{{"), page);
    }

    /** An empty action would sign out there. */
    @Test
    void form_is_sent_to_its_own_page_when_shown_on_another() throws Exception {
        String page = server.get("/pin/logout").body();
        assertTrue(page.contains("method=\"post\" action=\"/pin\""), page);
        assertTrue(server.get("/pin/check").body().contains("method=\"post\" action=\"\""));
    }

    /** A service worker's fetch ends up before somebody's eyes, and so does a form whose session has ended. */
    @ParameterizedTest
    @CsvSource({"GET, /a?b, /a?b", "POST, /save, /edit?id=5", "PUT, /save, /edit?id=5"})
    void form_comes_with_the_401_when_html_is_accepted(String method, String target, String next) throws Exception {
        HttpResponse<String> answer = server.send(server.request(target)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept", "text/html")
                .header("Sec-Fetch-Mode", "cors")
                .header("Referer", "http://127.0.0.1:" + server.port() + "/edit?id=5"));
        String page = answer.body();
        assertEquals(401, answer.statusCode());
        assertEquals("sign-in", header(answer, "X-Pingate"));
        assertEquals("Pingate realm=\"pingate\"", header(answer, "WWW-Authenticate"));
        assertTrue(page.contains("method=\"post\" action=\"/pin\""), page);
        assertTrue(page.contains("<input type=\"hidden\" name=\"next\" value=\"" + next + "\">"), page);
        String encoded = next.replace("?", "%3F").replace("=", "%3D");
        assertTrue(page.contains("<a href=\"/pin?next=" + encoded + "\">"), page);
        assertEquals(!method.equals("GET"), page.contains("what you sent has not gone through"), page);
        assertFalse(page.contains("{{"), page);
    }

    @Test
    void keypad_is_offered_when_the_pin_is_known_to_be_digits() throws Exception {
        assertTrue(server.get("/pin").body().contains("inputmode=\"numeric\""));
        Map<String, String> settings = new HashMap<>(GuardedServer.SETTINGS);
        settings.put("pin", "correct horse");
        try (GuardedServer words = GuardedServer.start("/", settings, new Failing())) {
            assertFalse(words.get("/pin").body().contains("inputmode"));
        }
    }

    @Test
    void way_back_stays_text_when_it_looks_like_markup() throws Exception {
        String page =
                server.get("/pin?next=%2Fa%26quot%3B%3C%27%7B%7Berror%7D%7D").body();
        assertFalse(page.contains("&quot;<"), page);
        assertTrue(page.contains("value=\"/a&amp;quot;"), page);
    }

    @Test
    void wrong_pin_is_told_to_everybody_when_it_was_wrong() throws Exception {
        String page = server.post("/pin/check", "pin=1").body();
        assertTrue(page.contains("aria-invalid=\"true\" aria-describedby=\"error\""), page);
        assertTrue(
                page.contains("<p class=\"error\" id=\"error\" role=\"alert\">That is not the PIN.<br>Tries left: "),
                page);
    }

    @Test
    void pin_is_not_called_wrong_when_nobody_looked_at_it() throws Exception {
        String page = "";
        for (int i = 0; i < 6; i++) {
            page = server.post("/pin/check", "pin=1", "X-Forwarded-For", "203.0.113.9")
                    .body();
        }
        assertTrue(page.contains(" aria-describedby=\"error\""), page);
        assertTrue(page.contains("role=\"alert\">Too many wrong tries. Try again in <b role=\"timer\""), page);
        assertTrue(
                Pattern.compile(
                                "<noscript><meta http-equiv=\"refresh\" content=\"[0-9]+;url=/pin\\?next=/\"></noscript>")
                        .matcher(page)
                        .find(),
                page);
        assertFalse(page.contains(" aria-invalid="), page);
    }

    @Test
    void error_is_a_page_when_a_browser_asked() throws Exception {
        HttpResponse<String> page =
                server.get("/", "Cookie", GuardedServer.cookie(), "Accept", "text/html,application/xhtml+xml");
        assertEquals(502, page.statusCode());
        assertTrue(page.body().contains("<h1>No answer yet</h1>"), page.body());
        assertTrue(page.body().contains("502: It is &lt;down&gt;.</small>"), page.body());
        assertEquals("no-store", header(page, "Cache-Control"));
        assertFalse(page.body().contains("{{"), page.body());
    }

    @Test
    void error_is_json_when_a_program_asked() throws Exception {
        HttpResponse<String> answer = server.get("/", "Cookie", GuardedServer.cookie(), "Accept", "application/json");
        assertEquals(502, answer.statusCode());
        assertEquals("application/json", header(answer, "Content-Type"));
        assertEquals("{\"error\":\"It is <down>.\",\"status\":502}", answer.body());
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static final class Failing extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ErrorPages errors = new ErrorPages(new Dress(Facts.NONE));
            AnswerWriter.write(errors.answer(Audience.of(request), 502, "It is <down>."), response);
        }
    }
}
