package io.pingate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar as its users start it. */
@Timeout(240)
class ProgramIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern METRICS = Pattern.compile("(?m)^ +metrics +(http://\\S+/metrics)$");
    /** As the JVM writes the names of classes that it has loaded. */
    private static final Pattern UNWANTED = Pattern.compile(
            "\\] (io\\.micrometer\\.|io\\.prometheus\\.|io\\.pingate\\.(servlet|standalone)\\.metrics\\.)");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void demo_opens_with_the_sample_pin_and_not_without() throws Exception {
        try (Program program = new Program(folder, Map.of(), "--demo", "--port", "0")) {
            URI gate = program.uri();
            HttpResponse<String> page = get(gate, "/a", "Accept", "text/html");
            assertEquals(303, page.statusCode());
            assertEquals("/pin?next=/a", location(page));
            HttpResponse<String> call = get(gate, "/a", "Accept", "application/json");
            assertEquals(401, call.statusCode());
            assertEquals("sign-in", call.headers().firstValue("X-Pingate").orElseThrow());

            String cookie = signIn(gate, "0000");
            String seen =
                    get(gate, "/headers", "Cookie", "a=1; " + cookie + "; b=2").body();
            assertTrue(seen.contains("\nX-Forwarded-Proto: http\n"), seen);
            assertTrue(seen.contains("\nX-Trusted-User-Email: you@example.org\n"), seen);
            assertTrue(seen.contains("\nCookie: a=1; b=2\n"), seen);
        }
    }

    /** A page of evil.example whose name leads to 127.0.0.1 by now; it can set what a browser lets scripts set. */
    @Test
    void sample_pin_opens_nothing_under_a_name_of_another_site() throws Exception {
        try (Program program = new Program(folder, Map.of(), "--demo", "--port", "0")) {
            int port = program.uri().getPort();
            String form = "Content-Type: " + FORM + "\r\nContent-Length: 8\r\n\r\npin=0000";
            for (String host : List.of("evil.example", "evil.example:" + port)) {
                for (String more : List.of("", "X-Forwarded-Host: localhost\r\n")) {
                    String answer = RawClient.exchange(
                            port,
                            "POST /pin/check HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host
                                    + "\r\nConnection: close\r\n" + more + form);
                    assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
                    assertTrue(answer.contains("Set a PIN"), answer);
                    assertFalse(answer.contains("Set-Cookie"), answer);
                }
            }
            String health = RawClient.exchange(
                    port, "GET /pin/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            assertTrue(health.startsWith("HTTP/1.1 200 "), health);
        }
    }

    @Test
    void start_message_tells_where_to_go_and_what_to_look_at() throws Exception {
        try (Program program = new Program(folder, Map.of(), "--port", "0", "--upstream", "unix:" + folder + "/s")) {
            program.uri();
            String text = program.written();
            assertTrue(text.matches("(?s)pingate \\S+\\R.* PIN +0000\\R.*"), text);
            assertTrue(text.contains("/s doesn't answer yet"), text);
            assertTrue(text.contains(" NO PIN IS SET."), text);
            assertFalse(text.toLowerCase(Locale.ROOT).contains("jetty"), text);
        }
    }

    /** A restarted container has another address under the same name. */
    @Test
    void upstream_is_found_again_when_its_name_leads_elsewhere() throws Exception {
        Path hosts = folder.resolve("hosts");
        Files.writeString(hosts, "127.0.0.1 tool.test\n");
        HttpServer before = upstream("127.0.0.1", 0, "before");
        int port = before.getAddress().getPort();
        HttpServer after = upstream("127.0.0.2", port, "after");
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
        try (Program program =
                new Program(folder, environment, "--port", "0", "--upstream", "http://tool.test:" + port)) {
            URI gate = program.uri();
            String cookie = signIn(gate, "0000");
            assertEquals("before", get(gate, "/", "Cookie", cookie).body());
            Files.writeString(hosts, "127.0.0.2 tool.test\n");
            before.stop(0);
            // Well below Java's own 30 s.
            Instant end = Instant.now().plusSeconds(20);
            while (!"after".equals(get(gate, "/", "Cookie", cookie).body())) {
                assertTrue(Instant.now().isBefore(end), program::written);
            }
        } finally {
            before.stop(0);
            after.stop(0);
        }
    }

    private static HttpServer upstream(String address, int port, String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void environment_is_read_as_utf_8_when_the_locale_is_that_of_c() throws Exception {
        String script = "export PINGATE_PIN=\"$(printf 'k\\303\\274\\342\\202\\254')\""
                + " PINGATE_TRUSTED_NAME=\"$(printf 'Zo\\303\\253')\"; exec \"$@\"";
        try (Program program = Program.inLocaleOfC(folder, script, "--demo", "--port", "0")) {
            URI gate = program.uri();
            assertEquals(
                    401, post(gate, "/pin/check", "pin=k%EF%BF%BD%EF%BF%BD").statusCode());
            String cookie = signIn(gate, "k%C3%BC%E2%82%AC");
            String seen = get(gate, "/headers", "Cookie", cookie).body();
            // The demo shows bytes as Latin-1.
            assertTrue(seen.contains("\nX-Trusted-User-Name: Zo\u00c3\u00ab\n"), seen);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    export PINGATE_SECRET="$(printf 'latin \\374 0123456789')"; exec "$@" | PINGATE_SECRET
                    exec "$@" --trusted-name "$(printf 'Zo\\303\\253')" | PINGATE_TRUSTED_NAME (--trusted-name)
                    export JAVA_TOOL_OPTIONS="-Dpingate.pin=$(printf 'k\\303\\274')"; exec "$@" | PINGATE_PIN (pingate.pin as a system property)
                    """)
    void start_is_refused_when_java_can_not_read_a_value(String script, String name) throws Exception {
        try (Program program = Program.inLocaleOfC(folder, script, "--demo", "--port", "0")) {
            assertEquals(2, program.exitCode(), program::written);
            assertTrue(program.written().contains("pingate: " + name + ": has letters that Java can't read;"));
            assertTrue(program.written().contains(" LC_ALL=C.UTF-8"), program::written);
            assertFalse(program.written().contains("0123456789"), program::written);
        }
    }

    @Test
    void cookie_made_by_openssl_opens_the_gate() throws Exception {
        Map<String, String> environment = Map.of("PINGATE_PIN", "4711", "PINGATE_SECRET", "a shared secret");
        try (Program program = new Program(folder, environment, "--demo", "--port", "0")) {
            String expiry = Long.toString(Instant.now().plusSeconds(3600).getEpochSecond());
            String signature = openssl(expiry, "a shared secret");
            String cookie = "pingate=" + expiry + "." + signature;
            assertEquals(200, get(program.uri(), "/headers", "Cookie", cookie).statusCode());
        }
    }

    @Test
    void log_holds_no_secret_at_the_finest_level() throws Exception {
        Map<String, String> environment = Map.of(
                "PINGATE_PIN", "pin-4711-pin", "PINGATE_SECRET", "key-0815-key", "LITELLM_MASTER_KEY", "sk-2342-sk");
        try (Program program = new Program(folder, environment, "--demo", "--port", "0", "--log-level", "trace")) {
            URI gate = program.uri();
            post(gate, "/pin/check", "pin=wrong-1234-wrong");
            post(gate, "/pin/check?pin=query-1234-query", "pin=wrong-1234-wrong");
            String cookie = signIn(gate, "pin-4711-pin");
            get(gate, "/headers", "Cookie", cookie, "Authorization", "Bearer token-5555-token");
            get(gate, "/missing", "Cookie", cookie);
            // Nobody listens at the LLM server's address.
            get(gate, "/api/llm/v1/models", "Cookie", cookie);
            get(gate, "/", "Cookie", cookie + "x");
            RawClient.exchange(
                    gate.getPort(), "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\nX : y\r\n\r\n");
            get(gate, "/pin/health");
            program.terminate();
            String log = program.written();
            // Four digits alone are in many a port and hash code.
            for (String secret : List.of(
                    "pin-4711",
                    "key-0815",
                    "sk-2342",
                    "wrong-1234",
                    "query-1234",
                    "token-5555",
                    cookie.substring("pingate=".length()))) {
                assertFalse(log.contains(secret), secret + " in " + log);
            }
        }
    }

    @Test
    void stopping_waits_for_a_running_upload() throws Exception {
        try (Program program = new Program(folder, Map.of(), "--demo", "--port", "0");
                RawClient upload = RawClient.to(program.uri().getPort())) {
            begin(upload, signIn(program.uri(), "0000"));
            program.terminateWhileBusy();
            upload.send("abc");
            assertTrue(upload.in().until("}\n").contains("{\"bytes\":3,\"sha256\":\"ba7816bf"));
            // 128 + SIGTERM.
            assertEquals(143, program.exitCode());
        }
    }

    /** Not when the drain is over: whoever asked for the stop may have lost patience by then. */
    @Test
    void stopping_takes_leave_of_sockets_when_a_request_still_runs() throws Exception {
        try (Program program = new Program(folder, Map.of(), "--demo", "--port", "0");
                RawClient upload = RawClient.to(program.uri().getPort())) {
            URI gate = program.uri();
            String cookie = signIn(gate, "0000");
            CompletableFuture<Integer> closed = closing(gate, cookie);
            begin(upload, cookie);
            program.terminateWhileBusy();
            // RFC 6455 section 7.4.1: going away.
            assertEquals(1001, closed.get());
            upload.send("abc");
            assertTrue(upload.in().until("}\n").contains("{\"bytes\":3,\"sha256\":\"ba7816bf"));
        }
    }

    @Test
    void everybody_is_signed_out_at_once_and_for_good() throws Exception {
        Map<String, String> environment = Map.of("PINGATE_PIN", "4711", "PINGATE_SECRET", "a secret of 16 bytes");
        String cookie;
        try (Program program = new Program(folder, environment, "--demo", "--port", "0");
                RawClient upload = RawClient.to(program.uri().getPort())) {
            URI gate = program.uri();
            cookie = signIn(gate, "4711");
            CompletableFuture<Integer> closed = closing(gate, cookie);
            begin(upload, cookie);
            HttpResponse<InputStream> events = client.send(
                    HttpRequest.newBuilder(gate.resolve("/clock"))
                            .header("Cookie", cookie)
                            .build(),
                    BodyHandlers.ofInputStream());
            StringWriter out = new StringWriter();
            assertEquals(
                    0,
                    Main.run(new PrintWriter(out), new PrintWriter(out), "sign-out-all", "--state-dir", folder + ""));
            assertTrue(out.toString().startsWith("Everybody is signed out of the running gate in process "));
            assertTrue(out.toString().contains("Keep " + folder.resolve("epoch")), out::toString);
            // The stream never ends by itself: it has to be cut.
            assertThrows(IOException.class, () -> events.body().transferTo(OutputStream.nullOutputStream()));
            assertEquals(1001, closed.get());
            assertTrue(upload.in().until("\r\n").startsWith("HTTP/1.1 401 "));
            assertEquals(401, get(gate, "/headers", "Cookie", cookie).statusCode());
            assertEquals(
                    200, get(gate, "/headers", "Cookie", signIn(gate, "4711")).statusCode());
        }
        try (Program program = new Program(folder, environment, "--demo", "--port", "0")) {
            assertEquals(401, get(program.uri(), "/headers", "Cookie", cookie).statusCode());
        }
    }

    @Test
    void event_stream_passes_as_it_comes() throws Exception {
        try (Program program = new Program(folder, Map.of(), "--demo", "--port", "0")) {
            URI gate = program.uri();
            HttpRequest request = HttpRequest.newBuilder(gate.resolve("/clock"))
                    .header("Cookie", signIn(gate, "0000"))
                    .build();
            try (InputStream events =
                    client.send(request, BodyHandlers.ofInputStream()).body()) {
                assertEquals("data: ", new String(events.readNBytes(6), UTF_8));
            }
        }
    }

    @Test
    void figures_are_where_the_start_says() throws Exception {
        try (Program program = new Program(folder, Map.of("PINGATE_METRICS_PORT", "0"), "--demo", "--port", "0")) {
            program.uri();
            Matcher told = METRICS.matcher(program.written());
            assertTrue(told.find(), program.written());
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(told.group(1))).build();
            String figures = client.send(request, BodyHandlers.ofString()).body();
            assertTrue(figures.contains("pingate_build{version=\"" + version() + "\"} 1.0"), figures);
            assertTrue(figures.contains("jvm_memory_used_bytes{area=\"heap\""), figures);
        }
    }

    /** Whoever wants no figures has them cost nothing. */
    @Test
    void nothing_of_the_figures_is_loaded_when_nobody_wants_them() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        Map<String, String> options = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded);
        try (Program program = new Program(folder, options, "--demo", "--port", "0")) {
            URI gate = program.uri();
            signIn(gate, "0000");
            program.terminate();
        }
        List<String> unwanted = Files.readAllLines(loaded).stream()
                .filter(line -> UNWANTED.matcher(line).find())
                .toList();
        assertEquals(List.of(), unwanted);
    }

    private static String version() throws IOException {
        try (JarFile jar =
                new JarFile(Path.of(System.getProperty("pingate.jar")).toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Implementation-Version");
        }
    }

    @Test
    void jar_is_whole() throws Exception {
        try (JarFile jar =
                new JarFile(Path.of(System.getProperty("pingate.jar")).toFile())) {
            assertEquals("true", jar.getManifest().getMainAttributes().getValue("Multi-Release"));
            for (String name : List.of("LICENSE", "NOTICE", "THIRD-PARTY.txt", "licenses/Apache-2.0.txt")) {
                assertTrue(jar.getEntry("META-INF/" + name) != null, name);
            }
            String encoders;
            try (InputStream services =
                    jar.getInputStream(jar.getEntry("META-INF/services/org.eclipse.jetty.http.HttpFieldPreEncoder"))) {
                encoders = new String(services.readAllBytes(), UTF_8);
            }
            assertTrue(encoders.contains("Http11FieldPreEncoder") && encoders.contains("HpackFieldPreEncoder"));
        }
    }

    /** A request that runs until it gets its three bytes. */
    private static void begin(RawClient upload, String cookie) throws Exception {
        upload.send(WireHead.of(
                "POST /upload HTTP/1.1",
                "Host: localhost",
                "Cookie: " + cookie,
                "Content-Length: 3",
                "Expect: 100-continue"));
        // The demo's own word, so the request is on its way.
        upload.in().until("HTTP/1.1 100 Continue\r\n\r\n");
    }

    /** Opens the echo; completes with the code of the Close frame. */
    private CompletableFuture<Integer> closing(URI gate, String cookie) throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        client.newWebSocketBuilder()
                .header("Cookie", cookie)
                .buildAsync(URI.create("ws://" + gate.getAuthority() + "/echo"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                })
                .get();
        return closed;
    }

    private String openssl(String text, String key) throws Exception {
        Path file = folder.resolve("expiry");
        Files.writeString(file, text);
        Process process = new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", key, "-binary", file.toString())
                .redirectErrorStream(true)
                .start();
        byte[] mac = process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor(), () -> new String(mac, UTF_8));
        return HexFormat.of().formatHex(mac);
    }

    private String signIn(URI gate, String pin) throws Exception {
        HttpResponse<String> answer = post(gate, "/pin/check", "pin=" + pin);
        assertEquals(303, answer.statusCode(), answer.body());
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private HttpResponse<String> post(URI gate, String target, String form) throws Exception {
        return client.send(
                HttpRequest.newBuilder(gate.resolve(target))
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(URI gate, String target, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(gate.resolve(target));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }
}
