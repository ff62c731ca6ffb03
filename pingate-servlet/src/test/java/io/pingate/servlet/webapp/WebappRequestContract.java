package io.pingate.servlet.webapp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.GuardedServer;
import io.pingate.testing.RawClient;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a webapp behind the filter is told of who is signed in, whatever the client says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WebappRequestContract {
    private static final String[] FORGED = {
        "X-Trusted-User-Email", "evil",
        "x_trusted_user_email", "evil",
        "X-TRUSTED-USER-NAME", "evil",
        "x-level", "evil",
        "X_Level", "evil",
        "X-Since", "evil",
        "X-Harmless", "5"
    };

    private final HttpClient client = HttpClient.newHttpClient();
    private Webapp server;
    private Webapp plain;

    /** A webapp of this servlet behind a filter with these settings; 418 leads to an error page of the servlet's. */
    abstract Webapp open(Map<String, String> settings, HttpServlet servlet) throws Exception;

    /** One that is running. */
    public interface Webapp extends Closeable {
        int port();
    }

    @BeforeAll
    void start() throws Exception {
        Map<String, String> settings = new HashMap<>(GuardedServer.SETTINGS);
        settings.put("publicPaths", "/open/*");
        plain = open(Map.copyOf(settings), new Telling());
        settings.put("trustedEmail", "zoë@owner.test");
        settings.put("extraHeaders", "{\"X-Level\":\"7\",\"X-Since\":\"Thu, 01 Jan 1970 00:00:01 GMT\"}");
        server = open(settings, new Telling());
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        plain.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/forward", "/async", "/error"})
    void webapp_sees_who_is_signed_in_and_nothing_that_the_client_says(String path) throws Exception {
        List<String> told = tell(server, path, "Cookie", "a=1; " + GuardedServer.cookie() + "; b=2");
        assertEquals(
                List.of(
                        "user: zoë@owner.test zoë@owner.test",
                        "X-Trusted-User-Email: zo\u00c3\u00ab@owner.test",
                        "x_trusted_user_email: null",
                        "X-Trusted-User-Name: null",
                        "X-LEVEL: 7",
                        "X-Harmless: 5",
                        "Cookie: a=1; b=2",
                        "numbers: 7 -1 5 1000 -1",
                        "cookies: a b"),
                told.subList(0, told.size() - 1));
        String names = told.get(told.size() - 1);
        for (String name : List.of("x-trusted-user-email", "x-level", "x-since", "x-harmless", "cookie")) {
            assertEquals(1, Collections.frequency(List.of(names.split(" ")), name), names);
        }
        assertFalse(names.contains("_") || names.contains("x-trusted-user-name"), names);
    }

    @Test
    void webapp_sees_nobody_when_the_path_is_public() throws Exception {
        List<String> told = tell(server, "/open/a", "Cookie", GuardedServer.cookie());
        assertTrue(told.contains("user: null null"), told::toString);
        assertTrue(told.contains("X-Trusted-User-Email: null"), told::toString);
        assertTrue(told.contains("Cookie: null"), told::toString);
        assertTrue(told.contains("cookies: none"), told::toString);
        assertFalse(told.toString().contains("evil"), told::toString);
        assertFalse(told.get(told.size() - 1).contains("cookie"), told::toString);
    }

    @Test
    void webapp_sees_nobody_when_no_identity_is_configured() throws Exception {
        List<String> told = tell(plain, "/", "Cookie", GuardedServer.cookie());
        assertTrue(told.contains("user: null null"), told::toString);
        assertTrue(told.contains("X-Trusted-User-Email: null"), told::toString);
        assertTrue(told.contains("X-LEVEL: evil"), "nobody reserved this one: " + told);
    }

    @Test
    void webapp_sees_no_identity_in_trailers() throws Exception {
        String answer = RawClient.exchange(
                server.port(),
                "POST /trailers HTTP/1.1\r\nHost: gate.test\r\nConnection: close\r\nCookie: "
                        + GuardedServer.cookie() + "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
                        + "X-Trusted-User-Email: evil\r\nx_level: evil\r\nX-Sum: 5\r\n\r\n");
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("{x-sum=5}"), answer);
    }

    private List<String> tell(Webapp webapp, String path, String... more) throws Exception {
        String[] headers = Stream.of(FORGED, more).flatMap(Stream::of).toArray(String[]::new);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webapp.port() + path))
                .timeout(Duration.ofSeconds(20))
                .headers(headers)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .toList();
    }

    private static final class Telling extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            String path = request.getRequestURI();
            boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
            if (first && path.equals("/forward")) {
                request.getRequestDispatcher("/inner").forward(request, response);
            } else if (first && path.equals("/async")) {
                request.startAsync().dispatch();
            } else if (first && path.equals("/error")) {
                response.sendError(418);
            } else if (path.equals("/trailers")) {
                request.getInputStream().readAllBytes();
                response.getWriter().print(request.getTrailerFields());
            } else {
                response.setCharacterEncoding("UTF-8");
                tell(request, response.getWriter());
            }
        }

        private static void tell(HttpServletRequest request, PrintWriter out) {
            out.println("user: " + request.getRemoteUser() + " "
                    + (request.getUserPrincipal() == null
                            ? null
                            : request.getUserPrincipal().getName()));
            for (String name : List.of(
                    "X-Trusted-User-Email",
                    "x_trusted_user_email",
                    "X-Trusted-User-Name",
                    "X-LEVEL",
                    "X-Harmless",
                    "Cookie")) {
                out.println(name + ": " + request.getHeader(name));
            }
            out.println("numbers: " + number(request, "X-Level") + " " + number(request, "x_level") + " "
                    + number(request, "X-Harmless") + " " + date(request, "X-Since") + " " + date(request, "x_since"));
            Cookie[] cookies = request.getCookies();
            out.println("cookies: "
                    + (cookies == null
                            ? "none"
                            : String.join(
                                    " ", Stream.of(cookies).map(Cookie::getName).toList())));
            out.println(
                    String.join(" ", Collections.list(request.getHeaderNames())).toLowerCase(Locale.ROOT));
        }

        private static String number(HttpServletRequest request, String name) {
            try {
                return String.valueOf(request.getIntHeader(name));
            } catch (NumberFormatException e) {
                return "none";
            }
        }

        private static String date(HttpServletRequest request, String name) {
            try {
                return String.valueOf(request.getDateHeader(name));
            } catch (IllegalArgumentException e) {
                return "none";
            }
        }
    }
}
