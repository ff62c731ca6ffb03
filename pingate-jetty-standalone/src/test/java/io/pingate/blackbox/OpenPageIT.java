package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages that stay open: in frames of other sites, and when their session ends. What browsers make of it,
 * {@code real-programs/self-heal} and {@code real-programs/frames} show.
 */
@Timeout(600)
class OpenPageIT {
    private static final String PAGE = "<html><head></head><body></body></html>";
    private static final List<String> FRAMED = List.of("X-Forwarded-Proto: https", "Sec-Fetch-Dest: iframe");

    static Stream<Arguments> gates() {
        return Stream.of(
                Arguments.of("standalone-open-page", (Stage.Recipe) StandaloneGate::new),
                Arguments.of("tomcat10-open-page", TomcatGate.tomcat10()),
                Arguments.of("tomcat11-open-page", TomcatGate.tomcat11()),
                Arguments.of("jettywar-open-page", (Stage.Recipe) JettyGate::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void pages_heal_and_are_framed_when_that_is_set(String name, Stage.Recipe recipe) throws Exception {
        Map<String, String> settings = Map.of(
                "PINGATE_SELF_HEAL", "true", "PINGATE_FRAME_ANCESTORS", "https://home.test,http://lan.test:8123");
        try (Stage stage = Stage.open(name, recipe, settings)) {
            healsPages(stage);
            tellsWhetherTheSessionIsThere(stage);
            isFramedByThoseOrigins(stage);
            signsInWithinFrames(stage);
        }
    }

    private static void healsPages(Stage stage) throws Exception {
        WireResponse page = page(stage);
        assertTrue(page.text().startsWith("<html><head><script>(d => {\n"), page::text);
        assertTrue(page.text().contains("gate = \"/pin\", "), page::text);
        assertTrue(page.text().endsWith("</script></head><body></body></html>"), page::text);
        String policy = page.head().first("Content-Security-Policy").orElse("");
        assertTrue(policy.matches("default-src 'self'; script-src 'self' 'sha256-[^']+'"), policy);
        // What the program says about frames is its own affair.
        assertEquals("DENY", page.head().first("X-Frame-Options").orElse(""));
    }

    private static void tellsWhetherTheSessionIsThere(Stage stage) throws IOException {
        for (String cookie : List.of("a=b", stage.cookie())) {
            try (RawClient client = stage.client()) {
                client.send(GateContract.stranger("HEAD", "/pin", "Cookie: " + cookie));
                WireHead head = client.in().head();
                assertEquals(200, head.status());
                assertEquals(
                        cookie.equals("a=b") ? "sign-in" : "signed-in",
                        head.first("X-Pingate").orElse(""));
            }
        }
    }

    private static void isFramedByThoseOrigins(Stage stage) throws IOException {
        for (String request : List.of(
                GateContract.stranger("GET", "/pin", "Accept: text/html"),
                GateContract.stranger("DELETE", "/pin", "Accept: text/html"),
                GateContract.stranger("POST", "/a", "Accept: text/html", "Content-Length: 0"))) {
            WireResponse answer = ask(stage, request);
            String policy = answer.head().first("Content-Security-Policy").orElse("");
            assertTrue(policy.contains("; frame-ancestors https://home.test http://lan.test:8123; "), policy);
            assertTrue(policy.startsWith("default-src 'none'; "), policy);
            assertFalse(answer.head().has("X-Frame-Options"), answer::text);
        }
    }

    private static void signsInWithinFrames(Stage stage) throws IOException {
        Visitor visitor = new Visitor(stage);
        String framed = cookie(visitor.tryPin(Stage.PIN, FRAMED.get(0), FRAMED.get(1), "Sec-Fetch-Site: same-origin"));
        assertTrue(framed.endsWith("; HttpOnly; SameSite=None; Secure; Partitioned"), framed);
        assertEquals(200, visitor.status(framed.split(";", 2)[0]));
        assertEquals(
                403,
                visitor.tryPin(Stage.PIN, FRAMED.get(0), FRAMED.get(1), "Sec-Fetch-Site: cross-site")
                        .status());
        String elsewhere = cookie(visitor.tryPin(Stage.PIN, FRAMED.get(0), "Sec-Fetch-Dest: document"));
        assertTrue(elsewhere.endsWith("; HttpOnly; SameSite=Lax; Secure"), elsewhere);
        WireResponse out = ask(stage, GateContract.stranger("POST", "/pin/logout", FRAMED.get(0), "Content-Length: 0"));
        List<String> cleared = out.head().all("Set-Cookie");
        assertEquals(2, cleared.size(), cleared::toString);
        assertTrue(cleared.get(0).endsWith("; SameSite=Lax; Secure"), cleared::toString);
        assertTrue(cleared.get(1).endsWith("; SameSite=None; Secure; Partitioned"), cleared::toString);
    }

    private static String cookie(WireResponse answer) {
        assertEquals(303, answer.status());
        return answer.head().first("Set-Cookie").orElse("");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void pages_stay_as_they_are_when_nothing_is_set(String name, Stage.Recipe recipe) throws Exception {
        try (Stage stage = Stage.open(name + "-off", recipe, Map.of())) {
            WireResponse page = page(stage);
            assertEquals(PAGE, page.text());
            assertEquals(
                    "default-src 'self'",
                    page.head().first("Content-Security-Policy").orElse(""));
            WireResponse form = ask(stage, GateContract.stranger("GET", "/pin", "Accept: text/html"));
            assertTrue(form.head().first("Content-Security-Policy").orElse("").contains("frame-ancestors 'none'"));
            assertEquals("DENY", form.head().first("X-Frame-Options").orElse(""));
            String framed = cookie(new Visitor(stage).tryPin(Stage.PIN, FRAMED.get(0), FRAMED.get(1)));
            assertTrue(framed.endsWith("; HttpOnly; SameSite=Lax; Secure"), framed);
        }
    }

    private static WireResponse page(Stage stage) throws IOException {
        stage.upstream()
                .answer(WireHead.of(
                                "HTTP/1.1 200 OK",
                                "Content-Type: text/html",
                                "Content-Security-Policy: default-src 'self'",
                                "X-Frame-Options: DENY",
                                "Content-Length: " + PAGE.length())
                        + PAGE);
        return ask(stage, GateContract.stranger("GET", "/", "Accept: text/html", "Cookie: " + stage.cookie()));
    }

    private static WireResponse ask(Stage stage, String request) throws IOException {
        try (RawClient client = stage.client()) {
            return client.send(request).response();
        }
    }
}
