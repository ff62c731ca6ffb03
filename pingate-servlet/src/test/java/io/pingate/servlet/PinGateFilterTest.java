package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.Pin;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter in a real Jetty, before a servlet that tells what it was handed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PinGateFilterTest {
    private static final String[] BROWSER = {"Accept", "text/html,*/*;q=0.8"};

    private GuardedServer server;

    @BeforeAll
    void start() throws Exception {
        server = GuardedServer.start("/", GuardedServer.SETTINGS, new Guarded());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void browser_goes_to_the_form_when_not_signed_in() throws Exception {
        HttpResponse<String> answer = server.get("/notes?a=1&b=%2F", BROWSER);
        assertEquals(303, answer.statusCode());
        assertEquals("/pin?next=/notes%3Fa%3D1%26b%3D%252F", header(answer, "Location"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertEquals("same-origin", header(answer, "Referrer-Policy"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|private",
                "public, max-age=60|max-age=60, private",
                "no-store|no-store",
                "private, s-maxage=60|private"
            })
    void answer_of_the_webapp_is_private_when_signed_in(String said, String becomes) throws Exception {
        try (GuardedServer caching = GuardedServer.start("/", GuardedServer.SETTINGS, new Caching(said))) {
            for (String path : new String[] {"/stream", "/writer", "/nothing", "/flush", "/redirect", "/add"}) {
                HttpResponse<String> answer = caching.get(path, "Cookie", GuardedServer.cookie());
                assertEquals(List.of(becomes), answer.headers().allValues("Cache-Control"), path);
                assertEquals(List.of(), answer.headers().allValues("Surrogate-Control"), path);
                assertEquals("1", header(answer, "X-Own"));
            }
        }
    }

    @Test
    void answer_of_the_webapp_is_kept_by_nobody_when_it_renews_the_cookie() throws Exception {
        Map<String, String> renewing = new HashMap<>(GuardedServer.SETTINGS);
        renewing.put("sessionRenew", "true");
        try (GuardedServer caching = GuardedServer.start("/", renewing, new Caching("public, max-age=60"))) {
            HttpResponse<String> answer = caching.get("/stream", "Cookie", GuardedServer.cookie());
            assertEquals("max-age=60, no-store", header(answer, "Cache-Control"));
            assertTrue(header(answer, "Set-Cookie").startsWith("pingate="));
        }
    }

    @Test
    void caching_is_the_webapps_own_business_when_path_is_public() throws Exception {
        Map<String, String> open = new HashMap<>(GuardedServer.SETTINGS);
        open.put("publicPaths", "/stream");
        try (GuardedServer caching = GuardedServer.start("/", open, new Caching("public, max-age=60"))) {
            assertEquals("public, max-age=60", header(caching.get("/stream"), "Cache-Control"));
        }
    }

    @Test
    void program_is_told_to_sign_in_when_not_signed_in() throws Exception {
        HttpResponse<String> answer = server.get("/api", "Accept", "application/json");
        assertEquals(401, answer.statusCode());
        assertEquals("application/json", header(answer, "Content-Type"));
        assertEquals("{\"error\":\"sign-in required\",\"sign_in\":\"/pin\"}", answer.body());
        assertEquals("Pingate realm=\"pingate\"", header(answer, "WWW-Authenticate"));
        assertEquals("sign-in", header(answer, "X-Pingate"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertEquals("", header(answer, "Location"));
    }

    @Test
    void right_pin_opens_the_way_back_when_posted() throws Exception {
        HttpResponse<String> answer = server.post("/pin/check", "pin=4711&next=%2Fnotes%3Fa%3D1");
        assertEquals(303, answer.statusCode());
        assertEquals("/notes?a=1", header(answer, "Location"));
        String cookie = header(answer, "Set-Cookie");
        assertTrue(
                cookie.matches(
                        "pingate=[0-9]+\\.[0-9a-f]{64}; Path=/; Max-Age=2592000; "
                                + "Expires=[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT; HttpOnly; SameSite=Lax"),
                cookie);
        HttpResponse<String> inside = server.get("/notes?a=1", "Cookie", cookie.substring(0, cookie.indexOf(';')));
        assertEquals("REQUEST /notes?a=1 signedIn=true", inside.body());
    }

    /** The container's threads may be virtual, and then the one who computes for long holds the others up. */
    @Test
    void hash_is_computed_on_none_of_the_containers_threads_when_a_pin_is_tried() throws Exception {
        Map<String, String> settings = Map.of("pinHash", Pin.hash("4711"), "secret", GuardedServer.SECRET);
        try (GuardedServer hashing = GuardedServer.start("/", settings, new Guarded())) {
            CompletableFuture<Integer> attempt = new CompletableFuture<>();
            Thread client = new Thread(() -> attempt.complete(tryPin(hashing)));
            client.start();
            Set<String> names = new TreeSet<>();
            while (!attempt.isDone()) {
                Thread.getAllStackTraces().forEach((thread, frames) -> {
                    if (Stream.of(frames).anyMatch(frame -> frame.toString().contains("io.pingate.PinHash.derive("))) {
                        names.add(thread.getName());
                    }
                });
            }
            assertEquals(401, attempt.get());
            assertEquals(Set.of("pingate-pin"), names);
        }
    }

    private static int tryPin(GuardedServer server) {
        try {
            return server.post("/pin/check", "pin=1234").statusCode();
        } catch (Exception e) {
            return -1;
        }
    }

    @Test
    void cookie_opens_when_made_with_the_key_by_somebody_else() throws Exception {
        assertEquals(200, server.get("/", "Cookie", GuardedServer.cookie()).statusCode());
    }

    @Test
    void wrong_pin_gets_the_form_again_when_posted() throws Exception {
        HttpResponse<String> answer =
                server.post("/pin/check", "pin=1&next=%2Fa%22%3E", "X-Forwarded-For", "203.0.113.7");
        assertEquals(401, answer.statusCode());
        assertEquals("", header(answer, "Set-Cookie"));
        assertTrue(answer.body().contains("role=\"alert\""), answer.body());
        assertTrue(answer.body().contains("name=\"next\" value=\"/a"), answer.body());
        assertFalse(answer.body().contains("\">\">"), answer.body());
    }

    @Test
    void sixth_try_waits_when_five_were_wrong() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    401,
                    server.post("/pin/check", "pin=" + i, "X-Forwarded-For", "203.0.113.8")
                            .statusCode());
        }
        HttpResponse<String> answer = server.post("/pin/check", "pin=4711&next=/a", "X-Forwarded-For", "203.0.113.8");
        assertEquals(429, answer.statusCode());
        int seconds = Integer.parseInt(header(answer, "Retry-After"));
        assertTrue(seconds > 0 && seconds <= 60, answer.headers()::toString);
        assertTrue(answer.body().contains(" data-left=\"" + seconds + "\""), answer.body());
        assertTrue(answer.body().contains("value=\"/a\""), answer.body());
        assertEquals("", header(answer, "Set-Cookie"));
    }

    @Test
    void method_is_refused_when_no_gate_page_takes_it() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/pin/check").DELETE());
        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD, POST", header(answer, "Allow"));
    }

    @Test
    void form_is_refused_when_another_site_sends_it() throws Exception {
        HttpResponse<String> answer = server.post("/pin/check", "pin=4711", "Origin", "https://evil.example");
        assertEquals(403, answer.statusCode());
        assertEquals("", header(answer, "Set-Cookie"));
    }

    @Test
    void form_is_refused_when_longer_than_four_kib() throws Exception {
        assertEquals(
                413,
                server.post("/pin/check", "pin=4711&x=" + "y".repeat(4_090)).statusCode());
    }

    @Test
    void cookie_is_cleared_when_signing_out() throws Exception {
        HttpResponse<String> answer = server.post("/pin/logout", "", "Cookie", GuardedServer.cookie());
        assertEquals(303, answer.statusCode());
        assertEquals("/pin?signed-out", header(answer, "Location"));
        assertTrue(header(answer, "Set-Cookie").startsWith("pingate=; "), answer.headers()::toString);
        assertEquals("\"cache\"", header(answer, "Clear-Site-Data"));
    }

    @Test
    void health_needs_no_pin_when_asked() throws Exception {
        HttpResponse<String> answer = server.get("/pin/health");
        assertEquals(200, answer.statusCode());
        assertEquals("{\"status\":\"up\"}", answer.body());
    }

    @Test
    void head_of_the_form_is_that_of_get_when_asked() throws Exception {
        String answer = server.raw("HEAD /pin HTTP/1.1\r\nHost: gate.test\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
        String get = server.raw("GET /pin HTTP/1.1\r\nHost: gate.test\r\nConnection: close\r\n\r\n");
        int length = get.length() - get.indexOf("\r\n\r\n") - 4;
        assertTrue(answer.contains("Content-Length: " + length + "\r\n"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a?", "/a?b=c?d", "/a;x=y/b", "/a/b/"})
    void target_is_handed_on_as_it_came_when_admitted(String target) throws Exception {
        String answer = server.raw("GET " + target + " HTTP/1.1\r\nHost: gate.test\r\nConnection: close\r\nCookie: "
                + GuardedServer.cookie() + "\r\n\r\n");
        assertTrue(answer.contains("REQUEST " + target + " signedIn=true"), answer);
    }

    @Test
    void request_is_refused_when_its_target_is_too_long() throws Exception {
        HttpResponse<String> answer = server.get("/" + "a".repeat(16 * 1024), BROWSER);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("longer than 16384 bytes"), answer.body());
    }

    @Test
    void connection_ends_when_a_body_was_not_read() throws Exception {
        String hidden = "GET /pin/health HTTP/1.1\r\n\r\n";
        String answer = server.raw(
                "POST /api HTTP/1.1\r\nHost: gate.test\r\nContent-Length: " + hidden.length() + "\r\n\r\n" + hidden);
        assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
        assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        assertFalse(answer.contains("HTTP/1.1 200"), answer);
    }

    @Test
    void connection_stays_when_the_form_was_read() throws Exception {
        String form = "pin=4711";
        String answer = server.raw("POST /pin/check HTTP/1.1\r\nHost: gate.test\r\nContent-Type: "
                + "application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n" + form
                + "GET /pin/health HTTP/1.1\r\nHost: gate.test\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 303"), answer);
        assertTrue(answer.contains("HTTP/1.1 200"), answer);
    }

    @Test
    void answer_arrives_when_a_large_upload_is_not_let_in() throws Exception {
        byte[] piece = new byte[64 * 1024];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write("PUT /upload HTTP/1.1\r\nHost: gate.test\r\nContent-Length: 67108864\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            // It need not take all of it, nor even the half.
            assertThrows(IOException.class, () -> {
                for (int sent = 0; sent < 67_108_864; sent += piece.length) {
                    out.write(piece);
                }
            });
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
            assertTrue(answer.endsWith("\"sign_in\":\"/pin\"}"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/forward", "/async"})
    void later_dispatch_is_not_judged_again_when_admitted(String path) throws Exception {
        String answer = server.get(path, "Cookie", GuardedServer.cookie()).body();
        String dispatch = path.substring(1).toUpperCase(java.util.Locale.ROOT);
        assertTrue(answer.startsWith(dispatch + " "), answer);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** Tells how it was reached, and dispatches to itself once more where the path says so. */
    private static final class Guarded extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            String path = request.getRequestURI();
            if (request.getDispatcherType() == DispatcherType.REQUEST && path.equals("/forward")) {
                request.getRequestDispatcher("/inner").forward(request, response);
            } else if (request.getDispatcherType() == DispatcherType.REQUEST && path.equals("/async")) {
                request.startAsync().dispatch();
            } else {
                Admission admission = Admission.of(request);
                response.getWriter()
                        .print(request.getDispatcherType() + " "
                                + (admission == null
                                        ? "unguarded"
                                        : admission.target().raw() + " signedIn=" + admission.signedIn()));
            }
        }
    }

    /** Answers in each of the ways that a servlet has, and says what it was told about caches. */
    private static final class Caching extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final String said;

        Caching(String said) {
            this.said = said;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.addHeader("X-Own", "1");
            response.setHeader("surrogate-control", "max-age=60");
            response.addHeader("Surrogate-Control", "max-age=60");
            if (said != null && request.getRequestURI().equals("/add")) {
                response.addHeader("cache-control", said);
            } else if (said != null) {
                response.setHeader("Cache-Control", said);
            }
            switch (request.getRequestURI()) {
                case "/stream" -> response.getOutputStream().write('a');
                case "/writer" -> response.getWriter().write('a');
                case "/flush" -> response.flushBuffer();
                case "/redirect" -> response.sendRedirect("/x");
                default -> {}
            }
        }
    }
}
