package io.pingate.standalone.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.Upstream;
import io.pingate.servlet.config.UpstreamTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that ask, and servers that answer them rightly and wrongly. */
@Timeout(60)
class WireChecksTest {
    private static final String OURS = "{\"pingate\":\"doctor\",\"scheme\":\"http\",\"upgrade\":\"\"}";

    private static Level level(Check check) throws IOException {
        return check.look().get(0).level();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return listener.getLocalPort();
        }
    }

    @Test
    void gate_of_these_settings_is_known() throws IOException {
        try (StubServer gate = StubServer.saying(200, OURS);
                StubServer foreign = StubServer.saying(200, "ok");
                StubServer none = StubServer.saying(404, "")) {
            assertEquals(Level.OK, level(new GateCheck(gate.probe(), "/pin/health")));
            assertEquals(Level.FAIL, level(new GateCheck(foreign.probe(), "/pin/health")));
            assertEquals(Level.FAIL, level(new GateCheck(none.probe(), "/pin/health")));
        }
        Probe nobody = new Probe(Place.plain("127.0.0.1", closedPort()), "/pin/doctor", "x");
        assertTrue(new GateCheck(nobody, "/pin/health").look().get(0).what().contains("nobody listens there"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, X-Pingate, sign-in, FAIL, another key",
        "303, Location, /pin?next=/, FAIL, another key",
        "302, Location, https://127.0.0.1/, WARN, redirects to https",
        "502, X-A, b, FAIL, does not reach the gate",
        "200, X-A, b, FAIL, does not come from this gate"
    })
    void address_that_leads_elsewhere_is_told(int status, String field, String value, Level level, String part)
            throws IOException {
        try (StubServer front = StubServer.saying(status, "", field, value)) {
            PublicCheck check = new PublicCheck(front.probe());
            Finding finding = check.look().get(0);
            assertEquals(level, finding.level(), finding::what);
            assertTrue(finding.what().contains(part), finding::what);
            assertTrue(check.facts().isEmpty());
        }
    }

    @Test
    void address_that_leads_here_tells_the_facts() throws IOException {
        try (StubServer front = StubServer.saying(200, OURS)) {
            PublicCheck check = new PublicCheck(front.probe());
            assertEquals(Level.OK, level(check));
            assertEquals("http", check.facts().get("scheme"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void stream_that_comes_at_once_was_held_back(String method) throws IOException {
        try (StubServer front = StubServer.saying(200, "data: 1\n\n".repeat(5));
                StubServer cut = StubServer.saying(200, "data: 1\n\n".repeat(4))) {
            assertEquals(Level.FAIL, level(new StreamCheck(front.probe(), method)));
            assertEquals(Level.FAIL, level(new StreamCheck(cut.probe(), method)));
        }
    }

    @Test
    void upgrade_has_to_arrive() throws IOException {
        try (StubServer dropping = StubServer.saying(200, OURS);
                StubServer keeping = StubServer.saying(200, "{\"pingate\":\"doctor\",\"upgrade\":\"WebSocket\"}");
                StubServer refusing = StubServer.saying(400, "")) {
            assertEquals(Level.FAIL, level(new SocketCheck(dropping.probe())));
            assertEquals(Level.OK, level(new SocketCheck(keeping.probe())));
            assertTrue(new SocketCheck(refusing.probe()).look().get(0).what().contains("answers 400"));
        }
    }

    @Test
    void stranger_gets_nothing_from_a_cache() throws IOException {
        try (StubServer cache = StubServer.saying(200, OURS);
                StubServer none = new StubServer(exchange -> {
                    boolean shown = exchange.getRequestHeaders().containsKey("X-Pingate-Doctor");
                    StubServer.say(exchange, shown ? 200 : 401, shown ? OURS : "");
                })) {
            assertEquals(Level.FAIL, level(new CacheCheck(cache.probe())));
            assertEquals(Level.OK, level(new CacheCheck(none.probe())));
        }
    }

    @Test
    void upload_is_refused_at_once_or_when_it_is_large() throws IOException {
        try (StubServer none = StubServer.saying(413, "");
                StubServer all = StubServer.saying(200, OURS);
                StubServer small = new StubServer(exchange -> {
                    boolean large = exchange.getRequestHeaders()
                            .getFirst("Content-Length")
                            .equals("20971520");
                    StubServer.say(exchange, large ? 413 : 200, large ? "" : OURS);
                })) {
            assertEquals(Level.FAIL, level(new UploadCheck(none.probe())));
            assertEquals(Level.WARN, level(new UploadCheck(small.probe())));
            assertEquals(Level.OK, level(new UploadCheck(all.probe())));
        }
    }

    @Test
    void silent_stream_that_is_cut_is_told() throws IOException {
        try (StubServer cutting = StubServer.saying(200, "data: 1\n\n");
                StubServer keeping = StubServer.saying(200, "data: 1\n\ndata: 2\n\n")) {
            assertEquals(Level.WARN, level(new IdleCheck(cutting.probe(), 1)));
            assertEquals(Level.OK, level(new IdleCheck(keeping.probe(), 1)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'<title>Open WebUI</title>', open-webui",
        "'<TITLE> Grafana </TITLE>', grafana",
        "'<title>JupyterLab</title>', jupyter",
        "'<title>n8n.io - Workflow</title>', n8n",
        "'<script src=\"/@vite/client\"></script>', vite",
        "'<script>window.gradio_config = 1</script>', ''",
        "'<title>Notes about a tool</title>', -"
    })
    void program_is_known_by_its_page(String page, String preset) throws IOException {
        try (StubServer tool = StubServer.saying(200, page)) {
            Response response = Wire.ask(tool.place(), "GET", "/", -1, 5_000, List.of());
            assertEquals(preset, KnownApp.of(response).map(KnownApp::preset).orElse("-"));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', WARN", "Grafana, OK", "jupyter, WARN"})
    void preset_is_compared_with_the_program(String app, Level level) throws IOException {
        try (StubServer tool = new StubServer(exchange -> {
            boolean login = exchange.getRequestURI().getPath().equals("/login");
            StubServer.say(exchange, login ? 200 : 302, login ? "<title>Grafana</title>" : "", "Location", "/login");
        })) {
            Upstream upstream = Upstream.of("http://127.0.0.1:" + tool.port());
            List<Finding> findings = new UpstreamCheck(
                            upstream, UpstreamTls.standard(), Optional.of(app).filter(name -> !name.isEmpty()))
                    .look();
            assertEquals(Level.OK, findings.get(0).level());
            assertEquals(level, findings.get(1).level(), findings::toString);
        }
    }

    @Test
    void upstream_that_is_down_is_told() throws IOException {
        Upstream upstream = Upstream.of("http://127.0.0.1:" + closedPort());
        assertEquals(Level.FAIL, level(new UpstreamCheck(upstream, UpstreamTls.standard(), Optional.empty())));
    }

    @Test
    void way_past_the_gate_is_worse_with_identity() throws IOException {
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        try (ServerSocket everywhere = new ServerSocket(0)) {
            Upstream upstream = Upstream.of("http://127.0.0.1:" + everywhere.getLocalPort());
            assertEquals(Level.FAIL, level(new ExposureCheck(upstream, true, List.of(other))));
            assertEquals(Level.WARN, level(new ExposureCheck(upstream, false, List.of(other))));
            assertEquals(Level.OK, level(new ExposureCheck(upstream, true, List.of())));
        }
        try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Upstream upstream = Upstream.of("http://127.0.0.1:" + here.getLocalPort());
            assertEquals(Level.OK, level(new ExposureCheck(upstream, true, List.of(other))));
        }
        assertEquals(Level.WARN, level(new ExposureCheck(Upstream.of("http://192.0.2.1:80"), true, List.of())));
        assertEquals(Level.OK, level(new ExposureCheck(Upstream.of("unix:/tmp/x.sock"), true, List.of())));
    }

    @Test
    void chunks_are_read() throws IOException {
        try (StubServer server = new StubServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("data: a\n\n".getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            exchange.getResponseBody().write("data: b\n\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            Response response = Wire.ask(server.place(), "GET", "/", -1, 5_000, List.of());
            assertEquals("data: a\n\ndata: b\n\n", response.text());
            assertEquals(2, response.events().size());
        }
    }

    @Test
    void settings_that_no_gate_starts_with_are_told_all() {
        Report report = new Examination(subject -> {}).ofFaultySettings(List.of("PINGATE_PORT: a", "PINGATE_HOST: b"));
        assertEquals(1, report.exitCode());
        assertTrue(report.json().contains("PINGATE_HOST: b"), report::json);
    }
}
