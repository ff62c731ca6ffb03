package io.pingate.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DemoUpstreamTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static DemoUpstream upstream;

    @BeforeAll
    static void start() throws IOException {
        upstream = new DemoUpstream();
        upstream.start("/gate/logout");
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    @Test
    void page_shows_the_request_and_marks_what_the_gate_sets() throws Exception {
        String page = CLIENT.send(
                        request("/?a=<b>")
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Own", "<script>")
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertTrue(
                page.contains("<tr class=\"gate\"><th scope=\"row\">X-Forwarded-Proto</th><td>https</td></tr>"), page);
        assertTrue(page.contains("<tr><th scope=\"row\">X-Own</th><td>&lt;script></td></tr>"), page);
        assertTrue(page.contains("action=\"/gate/logout\""), page);
        assertFalse(page.contains("{{"), page);
    }

    @Test
    void page_needs_nothing_from_elsewhere() throws Exception {
        HttpResponse<String> page = CLIENT.send(request("/").build(), BodyHandlers.ofString());
        assertEquals(
                "default-src 'self'; img-src data:; frame-ancestors 'none'",
                page.headers().firstValue("Content-Security-Policy").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"/demo.css, text/css;charset=utf-8", "/demo.js, text/javascript;charset=utf-8"})
    void page_has_its_style_and_script(String path, String type) throws Exception {
        HttpResponse<String> file = CLIENT.send(request(path).build(), BodyHandlers.ofString());
        assertEquals(200, file.statusCode());
        assertEquals(type, file.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void headers_are_told_as_they_arrive() throws Exception {
        HttpRequest request =
                request("/headers?x").header("X-One", "1").header("X-One", "2").build();
        String text = CLIENT.send(request, BodyHandlers.ofString()).body();
        assertTrue(text.startsWith("GET /headers?x\n"), text);
        assertTrue(text.contains("X-One: 1\nX-One: 2\n"), text);
    }

    @Test
    void clock_sends_events_one_by_one() throws Exception {
        HttpResponse<InputStream> response = CLIENT.send(request("/clock").build(), BodyHandlers.ofInputStream());
        assertEquals(
                "text/event-stream;charset=utf-8",
                response.headers().firstValue("Content-Type").orElseThrow());
        try (BufferedReader events = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            Instant first = time(events);
            assertTrue(first.isBefore(time(events)));
        }
    }

    @Test
    void upload_is_answered_with_its_length_and_checksum() throws Exception {
        HttpRequest request =
                request("/upload").POST(BodyPublishers.ofString("abc")).build();
        assertEquals(
                "{\"bytes\":3,\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}\n",
                CLIENT.send(request, BodyHandlers.ofString()).body());
    }

    @Test
    void socket_sends_back_what_it_receives() throws Exception {
        CompletableFuture<String> echoed = new CompletableFuture<>();
        WebSocket socket = CLIENT.newWebSocketBuilder()
                .buildAsync(URI.create(upstream.uri().toString().replace("http", "ws") + "/echo"), new Echoed(echoed))
                .get();
        socket.sendText("hello", true).get();
        assertEquals("hello", echoed.get());
        socket.abort();
    }

    private static Instant time(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (!line.startsWith("data: ")) {
            line = events.readLine();
        }
        return Instant.parse(line.substring("data: ".length()));
    }

    private static HttpRequest.Builder request(String target) {
        String escaped = target.replace("<", "%3C").replace(">", "%3E");
        return HttpRequest.newBuilder(URI.create(upstream.uri() + escaped));
    }

    private record Echoed(CompletableFuture<String> text) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            return WebSocket.Listener.super.onText(socket, data, last);
        }
    }
}
