package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The access log of the real program. */
@Timeout(600)
class AccessLogIT {
    /** As a reader that knows of no escapes takes it apart. */
    private static final Pattern COMBINED =
            Pattern.compile("(\\S+) - - \\[(\\d\\d/[A-Z][a-z]{2}/\\d{4}(?::\\d\\d){3}) [+]0000]"
                    + " \"([^\"]*)\" (\\d{3}) (\\d+) \"([^\"]*)\" \"([^\"]*)\"");

    private static Stage open(String name, Map<String, String> more) throws Exception {
        Stage.Recipe toFile = (home, settings) -> {
            settings.put("PINGATE_ACCESS_LOG", home.resolve("access.log").toString());
            return new StandaloneGate(home, settings);
        };
        return Stage.open(name, toFile, more);
    }

    private static String log(Stage stage) throws Exception {
        Path file = stage.gate().home().resolve("access.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** The line in which a text stands, once it is there. */
    private static String line(Stage stage, String text) throws Exception {
        assertTrue(Deadline.reached(Deadline.USUAL, () -> log(stage).contains(text)), () -> text + " is nowhere");
        return log(stage)
                .lines()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElseThrow();
    }

    private static void assertCombined(String line, String... groups) {
        Matcher matcher = COMBINED.matcher(line);
        assertTrue(matcher.matches(), line);
        assertEquals(
                List.of(groups),
                List.of(
                        matcher.group(1),
                        matcher.group(3),
                        matcher.group(4),
                        matcher.group(5),
                        matcher.group(6),
                        matcher.group(7)));
    }

    private static int ask(Stage stage, String method, String target, String... lines) throws Exception {
        try (RawClient client = stage.client()) {
            return client.send(GateContract.stranger(method, target, lines))
                    .response()
                    .status();
        }
    }

    @Test
    void every_request_has_a_line_also_what_never_reached_the_gate() throws Exception {
        try (Stage stage = open("access-combined", Map.of())) {
            ask(
                    stage,
                    "GET",
                    "/one?a=b&token=theirs",
                    "Cookie: " + stage.cookie(),
                    "Referer: https://x.test/\"y",
                    "User-Agent: a\" 200 1 \"-\" \"-",
                    "X-Forwarded-For: 192.0.2.1, 203.0.113.9");
            assertCombined(
                    line(stage, "GET /one"),
                    "203.0.113.9",
                    "GET /one?a=b&token=theirs HTTP/1.1",
                    "200",
                    "2",
                    "https://x.test/\\x22y",
                    "a\\x22 200 1 \\x22-\\x22 \\x22-");
            ask(stage, "GET", "/two", "Accept: text/html");
            assertCombined(line(stage, "GET /two"), "127.0.0.1", "GET /two HTTP/1.1", "303", "0", "-", "-");
            try (RawClient client = stage.client()) {
                assertEquals(400, client.send("NONSENSE\r\n\r\n").response().status());
            }
            assertCombined(line(stage, "\"-\" 400"), "127.0.0.1", "-", "400", "16", "-", "-");
            ask(stage, "GET", "/badMessage#three");
            assertCombined(line(stage, "/badMessage"), "127.0.0.1", "GET /badMessage HTTP/1.1", "400", "16", "-", "-");
            try (RawHttp2Client client = new RawHttp2Client(stage.gate())) {
                String[] head = {":method", "GET", ":scheme", "http", ":path", "/four", ":authority", "gate.test"};
                assertEquals(401, client.send(head).status());
            }
            assertCombined(line(stage, "/four"), "127.0.0.1", "GET /four HTTP/2.0", "401", "45", "-", "-");
            assertFalse(log(stage).contains("PRI "), "HTTP/2's preface");
        }
    }

    @Test
    void stream_has_its_line_at_its_end_with_its_bytes_and_its_time() throws Exception {
        try (Stage stage = open("access-stream", Map.of("PINGATE_ACCESS_FORMAT", "json"));
                RawClient client = stage.client()) {
            stage.upstream().byHand();
            client.send(GateContract.stranger("GET", "/events", "Cookie: " + stage.cookie()));
            Exchange exchange = stage.upstream().next();
            exchange.send(WireHead.of("HTTP/1.1 200 OK", "Content-Type: text/event-stream") + "data: 1\n\n");
            assertEquals(200, client.in().head().status());
            assertEquals("data: 1\n\n", client.in().wholeChunk());
            long first = System.nanoTime();
            ask(stage, "GET", "/pin/health");
            line(stage, "/pin/health");
            assertFalse(log(stage).contains("/events"));
            long open = Duration.ofNanos(System.nanoTime() - first).toMillis();
            exchange.send("data: 2\n\n").done();
            exchange.close();

            Matcher told = Pattern.compile(
                            "\\{\"time\":\"[^\"]+Z\",\"client\":\"127.0.0.1\",\"method\":\"GET\",\"target\":\"/events\","
                                    + "\"protocol\":\"HTTP/1.1\",\"status\":200,\"bytes\":18,\"duration_ms\":(\\d+)\\.\\d{3}}")
                    .matcher(line(stage, "/events"));
            assertTrue(told.matches());
            assertTrue(Long.parseLong(told.group(1)) >= open, told::group);
        }
    }

    @Test
    void what_signs_in_is_in_no_line() throws Exception {
        try (Stage stage = open("access-secrets", Map.of())) {
            String link = Passes.link("0123456789abcDE-", Duration.ofHours(1), "once", "/notes");
            String token = Passes.good();
            String page = "Referer: http://gate.test/pin/link/" + link;
            assertEquals(200, ask(stage, "GET", "/pin/link/" + link, "Accept: text/html"));
            assertEquals(303, ask(stage, "POST", "/pin/link/" + link, page, "Content-Length: 0"));
            assertEquals(200, ask(stage, "GET", "/notes?t=" + token, page, "Authorization: Bearer " + token));
            ask(stage, "GET", "/pin?pin=" + Stage.PIN, "Cookie: " + stage.cookie());
            ask(stage, "GET", "/last");
            line(stage, "/last");

            String log = log(stage);
            assertTrue(log.contains("\"POST /pin/link/- HTTP/1.1\" 303 0 \"http://gate.test/pin/link/-\""), log);
            assertTrue(log.contains("\"GET /notes?t=- HTTP/1.1\" 200"), log);
            String cookie = stage.cookie().split("=", 2)[1];
            for (String secret : List.of(link.split("\\.", -1)[1], token.split("\\.", -1)[1], Stage.PIN, cookie)) {
                assertFalse(log.contains(secret), secret);
            }
        }
    }

    @Test
    void last_lines_are_written_when_the_gate_is_stopped() throws Exception {
        try (Stage stage = open("access-stop", Map.of())) {
            for (int i = 0; i < 100; i++) {
                ask(stage, "GET", "/request-" + i);
            }
            stage.gate().stop();
            assertTrue(log(stage).contains("/request-99"), log(stage));
        }
    }
}
