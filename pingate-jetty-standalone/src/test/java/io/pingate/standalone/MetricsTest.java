package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate's figures on a port of their own. */
class MetricsTest {
    private static final Path DASHBOARD = Path.of("../pingate-examples/grafana/pingate-dashboard.json");

    /** Names of metrics, and not of what PromQL brings along. */
    private static final Pattern METRIC = Pattern.compile("\\b(?:pingate|jvm|process)_\\w+|\\bup\\b");

    @TempDir
    private Path state;

    private RawUpstream upstream;
    private PingateServer gate;

    @BeforeEach
    void start() throws IOException {
        upstream = RawUpstream.start();
        gate = gate("0", "127.0.0.1");
        gate.start();
    }

    @AfterEach
    void stop() throws IOException {
        gate.close();
        upstream.close();
    }

    private PingateServer gate(String metricsPort, String metricsHost) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PINGATE_PIN",
                "4711",
                "PINGATE_PORT",
                "0",
                "PINGATE_STATE_DIR",
                state.toString(),
                "PINGATE_PUBLIC_PATHS",
                "/public",
                "PINGATE_METRICS_PORT",
                metricsPort,
                "PINGATE_METRICS_HOST",
                metricsHost,
                "PINGATE_UPSTREAM",
                "http://127.0.0.1:" + upstream.port()));
        return new PingateServer(PinGateSettings.load(SettingsSource.environment(environment::get)));
    }

    @Test
    void what_happens_at_the_gate_is_there_at_the_next_look() throws IOException {
        RawClient.exchange(gate.port(), request("GET /public HTTP/1.1"));
        RawClient.exchange(gate.port(), request("GET /private HTTP/1.1"));
        String figures = figures("GET /metrics HTTP/1.1");

        assertTrue(figures.contains("\npingate_requests_total{outcome=\"public\"} 1.0\n"), figures);
        assertTrue(figures.contains("\npingate_requests_total{outcome=\"sign-in\"} 1.0\n"), figures);
        assertTrue(figures.contains("\npingate_requests_total{outcome=\"token\"} 0.0\n"), figures);
        assertTrue(figures.contains("\npingate_upstream_response_seconds_count{status=\"2xx\"} 1\n"), figures);
        assertTrue(
                figures.contains("\npingate_upstream_response_seconds_bucket{status=\"2xx\",le=\"300.0\"} 1\n"),
                figures);
        assertTrue(figures.contains("\npingate_bytes_total{direction=\"sent\"} 2.0\n"), figures);
        assertTrue(figures.contains("\npingate_open{kind=\"exchange\"} 0.0\n"), figures);
    }

    @Test
    void newest_format_is_answered_that_prometheus_asks_for() throws IOException {
        String answer =
                figures("GET /metrics HTTP/1.1", "Accept: application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertTrue(answer.contains("\r\nContent-Type: application/openmetrics-text; version=1.0.0"), answer);
        assertTrue(answer.endsWith("\n# EOF\n"), answer);
        assertTrue(figures("GET /metrics HTTP/1.1").contains("\r\nContent-Type: text/plain; version=0.0.4"));
    }

    @Test
    void head_has_the_length_and_no_body() throws IOException {
        String answer = figures("HEAD /metrics HTTP/1.1");
        assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n\r\n"), answer);
        assertTrue(answer.contains("\r\nContent-Length: "), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/pin", "/public", "/metrics/", "/metrics/x", "/Metrics"})
    void nothing_else_is_there(String path) throws IOException {
        String answer = figures("GET " + path + " HTTP/1.1");
        assertTrue(answer.startsWith("HTTP/1.1 404 ") && answer.endsWith("\r\n\r\n"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void figures_are_only_read(String method) throws IOException {
        String answer = figures(method + " /metrics HTTP/1.1", "Content-Length: 0");
        assertTrue(answer.startsWith("HTTP/1.1 405 ") && answer.contains("\r\nAllow: GET, HEAD\r\n"), answer);
    }

    @Test
    void gate_itself_shows_no_figures() throws IOException {
        String answer = RawClient.exchange(gate.port(), request("GET /metrics HTTP/1.1"));
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    }

    @Test
    void taken_port_is_a_fault_of_its_setting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PingateServer second = gate("" + taken.getLocalPort(), "127.0.0.1")) {
            IOException refusal = assertThrows(IOException.class, second::start);
            assertEquals(
                    "PINGATE_METRICS_PORT: port " + taken.getLocalPort()
                            + " on 127.0.0.1 is taken; stop the program that"
                            + " listens there, or choose another port (0: any free one)",
                    refusal.getMessage());
        }
    }

    @Test
    void foreign_address_is_a_fault_of_its_setting() {
        try (PingateServer second = gate("0", "192.0.2.1")) {
            IOException refusal = assertThrows(IOException.class, second::start);
            assertTrue(
                    refusal.getMessage().endsWith("PINGATE_METRICS_HOST must be an address of this machine"),
                    refusal.getMessage());
        }
    }

    @Test
    void port_is_closed_with_the_gate() throws IOException {
        int port = gate.metricsPort().orElseThrow();
        RawClient.to(port).close();
        gate.close();
        assertThrows(ConnectException.class, () -> RawClient.to(port).close());
    }

    @Test
    void dashboard_asks_for_nothing_that_the_gate_does_not_have() throws IOException {
        Set<String> known = figures("GET /metrics HTTP/1.1")
                .lines()
                .filter(line -> line.contains(" ") && !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        // Prometheus's own.
        known.add("up");
        Set<String> asked = new TreeSet<>();
        for (String expression : expressions()) {
            METRIC.matcher(expression).results().map(MatchResult::group).forEach(asked::add);
        }

        assertFalse(asked.isEmpty());
        asked.removeAll(known);
        assertEquals(Set.of(), asked);
    }

    private static boolean isQuestion(@Nullable String name) {
        return "expr".equals(name) || "definition".equals(name);
    }

    private static Set<String> expressions() throws IOException {
        Set<String> expressions = new TreeSet<>();
        try (JsonParser json = new JsonFactory().createParser(DASHBOARD.toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && isQuestion(json.currentName())) {
                    expressions.add(json.getText());
                }
            }
        }
        return expressions;
    }

    private String figures(String requestLine, String... fields) throws IOException {
        return RawClient.exchange(gate.metricsPort().orElseThrow(), request(requestLine, fields));
    }

    private static String request(String requestLine, String... fields) {
        String[] lines = new String[fields.length + 4];
        lines[0] = requestLine;
        lines[1] = "Host: localhost";
        lines[2] = "Connection: close";
        lines[3] = "X-Test: .";
        System.arraycopy(fields, 0, lines, 4, fields.length);
        return WireHead.of(lines);
    }
}
