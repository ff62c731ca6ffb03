package io.pingate.examples.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it runs, and somebody who signs in. */
class NotesApplicationTest {
    @TempDir
    static Path state;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext application;
    private static String cookie;

    @BeforeAll
    static void start() throws Exception {
        application = SpringApplication.run(
                NotesApplication.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--pingate.state-dir=" + state);
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(uri("http", "/pin"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("pin=73914625"))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(303, answer.statusCode());
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void stranger_gets_nothing_but_the_form_and_the_health_check() throws Exception {
        HttpRequest page = HttpRequest.newBuilder(uri("http", "/notes"))
                .header("Accept", "text/html")
                .build();
        assertEquals(303, CLIENT.send(page, BodyHandlers.ofString()).statusCode());
        for (String path : new String[] {"/notes", "/notes/events", "/actuator/info", "/error"}) {
            HttpRequest request = HttpRequest.newBuilder(uri("http", path)).build();
            assertEquals(401, CLIENT.send(request, BodyHandlers.ofString()).statusCode(), path);
        }
        HttpRequest health =
                HttpRequest.newBuilder(uri("http", "/actuator/health")).build();
        assertEquals(200, CLIENT.send(health, BodyHandlers.ofString()).statusCode());
    }

    @Test
    void note_is_written_read_and_told_when_signed_in() throws Exception {
        HttpResponse<InputStream> events = CLIENT.send(request("/notes/events").build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertEquals("data:hello", lines.readLine());
            HttpRequest note = request("/notes")
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("milk"))
                    .build();
            assertEquals(201, CLIENT.send(note, BodyHandlers.ofString()).statusCode());
            assertEquals("", lines.readLine());
            assertEquals("data:ann@example.org: milk", lines.readLine());
        }
        HttpResponse<String> notes = CLIENT.send(request("/notes").build(), BodyHandlers.ofString());
        assertTrue(notes.body().contains("\"ann@example.org: milk\""), notes.body());
        assertTrue(notes.headers().firstValue("Cache-Control").orElse("").contains("no-store"));
    }

    @Test
    void web_socket_knows_who_speaks_and_is_closed_to_strangers() throws Exception {
        CompletableFuture<String> said = new CompletableFuture<>();
        WebSocket socket = CLIENT.newWebSocketBuilder()
                .header("Cookie", cookie)
                .buildAsync(uri("ws", "/echo"), new Listener(said))
                .get(20, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(20, TimeUnit.SECONDS);
        assertEquals("ann@example.org: hello", said.get(20, TimeUnit.SECONDS));
        socket.abort();

        ExecutionException refused = assertThrows(ExecutionException.class, () -> CLIENT.newWebSocketBuilder()
                .buildAsync(uri("ws", "/echo"), new Listener(new CompletableFuture<>()))
                .get(20, TimeUnit.SECONDS));
        assertEquals(
                401,
                ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode());
    }

    private record Listener(CompletableFuture<String> said) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            said.complete(text.toString());
            return null;
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri("http", path))
                .header("Cookie", cookie)
                .timeout(Duration.ofSeconds(20));
    }

    private static URI uri(String scheme, String path) {
        return URI.create(
                scheme + "://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
    }
}
