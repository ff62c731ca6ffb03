package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is written for a gate changes while it runs. */
@Timeout(300)
class ReloadIT {
    private static final String OTHER_PIN = "135792";
    private static final String PAGE =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<head></head>";

    private Stage stage;
    private Path home;
    private Visitor visitor;

    @BeforeEach
    void open() throws Exception {
        stage = Stage.open(
                "reload",
                (folder, settings) -> {
                    home = folder;
                    settings.remove("PINGATE_PIN");
                    settings.remove("PINGATE_SECRET");
                    settings.put("PINGATE_PIN_FILE", write("pin", Stage.PIN));
                    settings.put("PINGATE_SECRET_FILE", write("secret", Stage.SECRET));
                    settings.put("LITELLM_MASTER_KEY_FILE", write("llm", "sk-first"));
                    settings.put("LITELLM_INTERNAL", settings.get("PINGATE_UPSTREAM"));
                    settings.put("PINGATE_THEME_CSS_PATH", write("css", "body { color: teal }"));
                    settings.put("PINGATE_LOGO", write("logo", svg("a")));
                    settings.put("PINGATE_CONFIG", write("config", "pingate.title=One\npingate.session.days=20\n"));
                    return new StandaloneGate(folder, settings);
                },
                Map.of());
        visitor = new Visitor(stage);
    }

    @AfterEach
    void close() throws IOException {
        stage.close();
    }

    @Test
    void new_pin_signs_in_and_the_old_one_does_not_when_its_file_changes() throws Exception {
        String cookie = visitor.signIn();
        write("pin", OTHER_PIN);
        awaitLog("PINGATE_PIN_FILE has changed, and was read again");
        assertEquals(401, visitor.tryPin(Stage.PIN).status());
        assertEquals(303, visitor.tryPin(OTHER_PIN).status());
        // The key is not the PIN's.
        assertEquals(200, visitor.status(cookie));

        write("pin", "\n");
        awaitLog("PINGATE_PIN_FILE: .* is empty; write the secret into it; the old value stays");
        assertEquals(303, visitor.tryPin(OTHER_PIN).status());
        write("pin", Stage.PIN);
        awaitLog("PINGATE_PIN_FILE can be used again, and was read");
        assertEquals(303, visitor.tryPin(Stage.PIN).status());
        assertShowsNoSecret();
    }

    @Test
    void sessions_and_open_streams_end_when_the_key_is_another_one() throws Exception {
        String cookie = visitor.signIn();
        stage.upstream().byHand();
        try (RawClient client = stage.client()) {
            client.send(GateContract.stranger("GET", "/events", "Cookie: " + cookie));
            Exchange open = stage.upstream().next();
            open.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            client.responseToHead();
            write("secret", "another secret of the black-box suite");
            assertTrue(open.in().ended());
        }
        stage.upstream().answer(RawUpstream.OK);
        assertEquals(401, visitor.status(cookie));
        assertEquals(200, visitor.status(visitor.signIn()));
        assertShowsNoSecret();
    }

    @Test
    void upstream_gets_the_new_llm_key_when_its_file_changes() throws Exception {
        assertEquals("Bearer sk-first", llmKey());
        write("llm", "sk-second");
        awaitLog("LITELLM_MASTER_KEY_FILE has changed, and was read again");
        assertEquals("Bearer sk-second", llmKey());
        assertShowsNoSecret();
    }

    @Test
    void next_page_has_the_new_theme_and_logo_when_their_files_change() throws Exception {
        stage.upstream().answer(PAGE);
        assertTrue(page("/", stage.cookie()).contains("teal"));
        String logo = page("/pin", "none=1");
        write("css", "body { color: navy }");
        write("logo", svg("b"));
        awaitLog("PINGATE_THEME_CSS_PATH has changed");
        assertTrue(
                Deadline.reached(Deadline.USUAL, () -> !page("/pin", "none=1").equals(logo)));
        assertTrue(page("/", stage.cookie()).contains("navy"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void config_is_read_again_on_sighup_and_the_gate_lives_on_whatever_is_in_it() throws Exception {
        assertTrue(page("/pin", "none=1").contains("One"));
        write("config", "pingate.title=Two\npingate.upstream=http://127.0.0.1:9\npingate.session.days=none\n");
        hangUp();
        // The environment names the upstream: what the file says of it counts for nothing, and isn't told.
        awaitLog("settings were read again; changed: PINGATE_TITLE");
        awaitLog("PINGATE_SESSION_DAYS .*must be a whole number from 1 to 3650; the old value stays");
        assertTrue(page("/pin", "none=1").contains("Two"));
        assertEquals(200, visitor.status(stage.cookie()));

        write("config", "pingate.title=Two\npingate.session.days=20\npingate.connect.timeout=9s\n");
        hangUp();
        awaitLog("changed, but the old value stays until a restart: PINGATE_CONNECT_TIMEOUT");

        write("config", "pingate.tilte=Three\n");
        hangUp();
        awaitLog("PINGATE_CONFIG: .*pingate\\.tilte.*; the old value stays");
        assertTrue(page("/pin", "none=1").contains("Two"));
        assertEquals(200, visitor.status(stage.cookie()));
        assertShowsNoSecret();
    }

    @Test
    void no_request_fails_or_sees_half_of_it_while_files_change() throws Exception {
        stage.upstream().answer(PAGE);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                try {
                    String body = page("/", stage.cookie());
                    assertTrue(
                            body.matches("(?s)<head><style>body \\{ color: (teal|[x]+) }</style></head>"),
                            () -> body.substring(0, Math.min(200, body.length())));
                    asked.incrementAndGet();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        String large = "body { color: " + "x".repeat(200_000) + " }";
        for (int i = 0; i < 4; i++) {
            boolean odd = i % 2 == 1;
            Path fresh = home.resolve("fresh");
            Files.writeString(fresh, odd ? "body { color: teal }" : large);
            Files.move(fresh, home.resolve("css"), StandardCopyOption.ATOMIC_MOVE);
            assertTrue(Deadline.reached(
                    Deadline.USUAL,
                    () -> load.isDone() || page("/", stage.cookie()).contains("teal") == odd));
        }
        over.set(true);
        load.join();
        assertTrue(asked.get() > 10, asked::toString);
    }

    private void hangUp() throws Exception {
        Process kill =
                new ProcessBuilder("kill", "-HUP", Long.toString(stage.gate().pid())).start();
        assertEquals(0, kill.waitFor());
    }

    /** Somebody asks meanwhile: a gate looks at files when there is something to do. */
    private void awaitLog(String line) throws Exception {
        Pattern pattern = Pattern.compile(line);
        Callable<Boolean> told = () -> pattern.matcher(stage.gate().log()).find();
        assertTrue(Deadline.reached(Deadline.USUAL, told), () -> line);
    }

    private String llmKey() throws Exception {
        stage.upstream().forget();
        stage.upstream().answer(RawUpstream.OK);
        page("/api/llm/v1/models", stage.cookie());
        WireHead head = stage.upstream().next().head();
        return head.first("Authorization").orElse("none");
    }

    private String page(String path, String cookie) throws IOException {
        try (RawClient client = stage.client()) {
            WireResponse answer = client.send(GateContract.stranger(
                            "GET", path, "Cookie: " + cookie, "Accept: text/html", "Sec-Fetch-Mode: navigate"))
                    .response();
            assertEquals(200, answer.status());
            return answer.text();
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    private static String svg(String id) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"" + id + "\"/>";
    }

    private void assertShowsNoSecret() throws IOException {
        String log = stage.gate().log();
        for (String secret :
                new String[] {Stage.PIN, OTHER_PIN, Stage.SECRET, "another secret", "sk-first", "sk-second"}) {
            assertFalse(log.contains(secret), secret);
        }
    }
}
