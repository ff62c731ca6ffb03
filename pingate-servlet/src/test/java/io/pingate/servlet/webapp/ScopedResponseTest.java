package io.pingate.servlet.webapp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.servlet.GuardedServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of webapps that speak late, or twice, or ask first whether anybody has spoken. */
class ScopedResponseTest {
    private static final String NO_STORE = "no-cache, no-store, max-age=0, must-revalidate";

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void last_word_of_the_webapp_counts_when_it_comes_late(boolean tomcat) throws Exception {
        WebappRequestContract container = tomcat ? new WebappRequestTomcatTest() : new WebappRequestTest();
        try (WebappRequestContract.Webapp webapp = container.open(GuardedServer.SETTINGS, new Speaking())) {
            assertEquals(List.of(NO_STORE), said(webapp, "/asks-first"));
            assertEquals(List.of("private"), said(webapp, "/asks-itself"));
            assertEquals(List.of("no-store"), said(webapp, "/adds"));
            assertEquals(List.of("max-age=0, private"), said(webapp, "/sets-twice"));
            assertEquals(List.of("no-cache, private", "no-store"), said(webapp, "/sets-and-adds"));
            assertEquals(List.of("private"), said(webapp, "/takes-back"));
            assertEquals(List.of("private"), said(webapp, "/starts-anew"));
            assertEquals(List.of("max-age=60, private"), said(webapp, "/later"));
            assertEquals(List.of("private"), said(webapp, "/later-nothing"));
            assertEquals(List.of("max-age=60, private"), said(webapp, "/dispatched"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void number_for_shared_caches_is_not_sent_when_signed_in(boolean tomcat) throws Exception {
        WebappRequestContract container = tomcat ? new WebappRequestTomcatTest() : new WebappRequestTest();
        try (WebappRequestContract.Webapp webapp = container.open(GuardedServer.SETTINGS, new Speaking())) {
            HttpResponse<String> answer = get(webapp, "/number");
            assertEquals(List.of(), answer.headers().allValues("X-Accel-Expires"));
            assertEquals(List.of("1", "2"), answer.headers().allValues("X-Own"));
        }
    }

    private List<String> said(WebappRequestContract.Webapp webapp, String path) throws Exception {
        return get(webapp, path).headers().allValues("Cache-Control");
    }

    private HttpResponse<String> get(WebappRequestContract.Webapp webapp, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webapp.port() + path))
                        .header("Cookie", GuardedServer.cookie())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static final class Speaking extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getRequestURI()) {
                case "/number" -> {
                    response.setIntHeader("X-Accel-Expires", 60);
                    response.addIntHeader("X-Accel-Expires", 60);
                    response.setIntHeader("X-Own", 1);
                    response.addIntHeader("X-Own", 2);
                }
                case "/later" -> later(request.startAsync(), "public, max-age=60");
                case "/later-nothing" -> later(request.startAsync(), null);
                case "/dispatched" -> {
                    if (request.getAttribute("again") == null) {
                        request.setAttribute("again", true);
                        request.startAsync().dispatch();
                    } else {
                        response.setHeader("Cache-Control", "s-maxage=60, max-age=60");
                    }
                }
                default -> {
                    response.getOutputStream().write('a');
                    speak(request.getRequestURI(), response);
                }
            }
        }

        private static void speak(String path, HttpServletResponse response) throws IOException {
            switch (path) {
                case "/asks-first" -> {
                    // As Spring Security does before it commits the response.
                    if (!response.containsHeader("Cache-Control")
                            && response.getHeader("cache-control") == null
                            && response.getHeaders("Cache-Control").isEmpty()
                            && !response.getHeaderNames().contains("Cache-Control")) {
                        response.setHeader("Cache-Control", NO_STORE);
                    }
                }
                case "/asks-itself" -> {
                    response.setHeader("Cache-Control", "private");
                    if (!response.containsHeader("Cache-Control")) {
                        response.setHeader("Cache-Control", NO_STORE);
                    }
                }
                case "/adds" -> response.addHeader("Cache-Control", "no-store");
                case "/sets-twice" -> {
                    response.setHeader("Cache-Control", "no-store");
                    response.setHeader("Cache-Control", "public, max-age=0");
                }
                case "/sets-and-adds" -> {
                    response.setHeader("Cache-Control", "no-cache");
                    response.addHeader("Cache-Control", "no-store");
                }
                case "/takes-back" -> {
                    response.setHeader("Cache-Control", "no-store");
                    response.reset();
                }
                case "/starts-anew" -> {
                    response.reset();
                    response.getOutputStream().write('a');
                }
                default -> throw new IOException(path);
            }
        }

        /** Through the context, as frameworks do that have let the servlet's own response go. */
        private static void later(AsyncContext async, String said) {
            async.start(() -> {
                HttpServletResponse response = (HttpServletResponse) async.getResponse();
                if (said != null) {
                    response.setHeader("Cache-Control", said);
                }
                async.complete();
            });
        }
    }
}
