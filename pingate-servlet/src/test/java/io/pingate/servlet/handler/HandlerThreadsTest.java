package io.pingate.servlet.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.Pin;
import io.pingate.testing.Deadline;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which threads the handler does what. The selector's alone goes all the way with a request that needs no other. */
@SuppressWarnings("try") // what is held is let go of, and no more
class HandlerThreadsTest {
    @TempDir
    Path folder;

    /** Holds all threads of a server but the selectors'. */
    private static final class Held implements AutoCloseable {
        private final CountDownLatch free = new CountDownLatch(1);

        private Held(HandlerServer server) throws Exception {
            for (int i = 0; i < server.threads.getMaxThreads(); i++) {
                server.threads.execute(this::hold);
            }
            assertTrue(Deadline.reached(
                    Deadline.USUAL,
                    () -> server.threads.getThreads() == server.threads.getMaxThreads()
                            && server.threads.getIdleThreads() == 0));
        }

        private void hold() {
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            free.countDown();
        }
    }

    /** One that is made already: Jetty takes another thread for a new one, and for what follows a form on it. */
    private static RawClient connected(HandlerServer server) throws IOException {
        RawClient client = RawClient.to(server.port());
        assertEquals(200, status(client, HandlerServer.head("GET /pin/health")));
        return client;
    }

    private static int status(RawClient client, String request) throws IOException {
        return client.send(request).response().status();
    }

    private static String form(String form) {
        return HandlerServer.form("Content-Length: " + form.length()) + form;
    }

    @Test
    void gate_answers_when_no_thread_but_the_selectors_is_free() throws Exception {
        try (HandlerServer server = HandlerServer.start();
                RawClient client = connected(server);
                RawClient wrong = connected(server);
                RawClient slow = connected(server);
                Held held = new Held(server)) {
            assertEquals(401, status(wrong, form("pin=1")));
            slow.send(HandlerServer.form("Content-Length: 8") + "pin=");
            assertEquals(200, status(client, HandlerServer.head("GET /pin")));
            assertEquals(401, status(client, HandlerServer.head("GET /closed")));
            assertEquals(303, status(slow, "4711"));
            assertEquals(401, status(client, HandlerServer.head("PUT /closed", "Content-Length: 10")));
        }
    }

    @Test
    void others_are_answered_when_the_hash_of_a_pin_is_computed() throws Exception {
        String slow = Pin.hash("4711").replaceFirst("\\$[0-9]+\\$", "\\$10000000\\$");
        try (HandlerServer server = HandlerServer.start(Map.of("pin", "", "pinHash", slow));
                RawClient trying = connected(server);
                RawClient other = connected(server);
                Held held = new Held(server)) {
            Set<String> names = new TreeSet<>();
            trying.send(form("pin=1234"));
            assertTrue(Deadline.reached(Deadline.USUAL, () -> names.addAll(hashing())));
            assertEquals(200, status(other, HandlerServer.head("GET /pin/health")));
            names.addAll(hashing());
            assertEquals(401, trying.response().status());
            assertEquals(Set.of("pingate-pin"), names);
        }
    }

    private static Set<String> hashing() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            if (Stream.of(frames).anyMatch(frame -> frame.toString().contains("io.pingate.PinHash.derive("))) {
                names.add(thread.getName());
            }
        });
        return names;
    }

    /** The folder may lie on a file server that is slow to answer. */
    @Test
    void state_folder_is_looked_at_by_another_thread_when_requests_come() throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        try (RawUpstream upstream = RawUpstream.start();
                HandlerServer server = HandlerServer.start(
                        Map.of("stateDir", state.toString(), "upstream", "http://127.0.0.1:" + upstream.port()));
                RawClient client = connected(server)) {
            String cookie = server.tryPin("pin=4711").head().first("Set-Cookie").orElseThrow();
            String[] signedIn = {"Cookie: " + cookie.substring(0, cookie.indexOf(';'))};
            try (Held held = new Held(server)) {
                int queued = server.threads.getQueueSize();
                // As sign-out-all does.
                Files.writeString(state.resolve("epoch"), "1\n");
                assertTrue(Deadline.reached(Deadline.USUAL, () -> {
                    assertEquals(200, status(client, HandlerServer.head("GET /pin", signedIn)));
                    return server.threads.getQueueSize() > queued;
                }));
            }
            assertTrue(Deadline.reached(
                    Deadline.USUAL, () -> server.ask("GET /", signedIn).status() == 401));
        }
    }

    /** A container that undeploys a web application looks for its threads at once, and so does this. */
    @Test
    void no_thread_runs_on_when_stopped() throws Exception {
        ThreadGroup own = new ThreadGroup("servers");
        CompletableFuture<String> ran = new CompletableFuture<>();
        new Thread(own, () -> ran.complete(startTwice())).start();
        assertEquals("", ran.get());
        assertTrue(Deadline.reached(Deadline.USUAL, () -> own.activeCount() == 0), () -> {
            own.list();
            return "threads run on";
        });
    }

    /** And stops twice; says what went wrong. */
    private static String startTwice() {
        try (RawUpstream upstream = RawUpstream.start();
                HandlerServer server = HandlerServer.start(Map.of("upstream", "http://127.0.0.1:" + upstream.port()))) {
            assertEquals("ok", server.ask("GET /open/").text());
            server.requests.stop();
            server.server.stop();
            server.server.start();
            assertEquals("ok", server.ask("GET /open/").text());
            assertEquals(401, server.tryPin("pin=1").status());
            return "";
        } catch (Throwable e) {
            return e.toString();
        }
    }
}
