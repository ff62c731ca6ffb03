package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.DoctorPasses;
import io.pingate.KeyRing;
import io.pingate.SigningKey;
import jakarta.servlet.http.HttpServlet;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private final String[] pass = {
        "X-Pingate-Doctor", new DoctorPasses(KeyRing.of(SigningKey.of(GuardedServer.SECRET))).sign(Instant.now())
    };

    private GuardedServer server;

    @BeforeEach
    void start() throws Exception {
        server = GuardedServer.start("/", GuardedServer.SETTINGS, new NobodyAsked());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void probe_tells_how_it_arrived() throws Exception {
        HttpResponse<String> answer = server.get(
                "/pin/doctor",
                pass[0],
                pass[1],
                "X-Forwarded-For",
                "203.0.113.5, 10.1.2.3",
                "X-Forwarded-Proto",
                "http, https");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("\"client\":\"203.0.113.5\""), answer.body());
        assertTrue(answer.body().contains("\"forwardedFor\":2"), answer.body());
        assertTrue(answer.body().contains("\"forwardedProto\":\"https\""), answer.body());
    }

    @Test
    void upload_is_counted() throws Exception {
        assertTrue(server.post("/pin/doctor", "x".repeat(40_000), pass[0], pass[1])
                .body()
                .contains("\"bodyBytes\":40000"));
    }

    @Test
    void stream_has_as_many_pieces_as_asked() throws Exception {
        HttpResponse<String> answer = server.get("/pin/doctor?pieces=3&gap=1", pass[0], pass[1]);
        assertEquals("data: 1\n\ndata: 2\n\ndata: 3\n\n", answer.body());
        assertEquals(
                "text/event-stream", answer.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void storable_answer_is_for_one_browser() throws Exception {
        HttpResponse<String> answer = server.get("/pin/doctor?storable=1", pass[0], pass[1]);
        assertEquals(
                "private, max-age=60",
                answer.headers().firstValue("Cache-Control").orElse(""));
    }

    @Test
    void stranger_finds_a_path_like_any_other() throws Exception {
        assertEquals(401, server.get("/pin/doctor").statusCode());
        assertEquals(
                401, server.get("/pin/doctor", pass[0], pass[1].substring(1)).statusCode());
    }

    private static final class NobodyAsked extends HttpServlet {
        private static final long serialVersionUID = 1;
    }
}
