package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The gate is killed with SIGKILL, under load and as it starts, and started again with the same state folder: nobody is
 * signed out by that, who was signed out stays so, and the folder holds what it is to hold and nothing else.
 */
@Timeout(600)
class KilledGateIT {
    private static final int ROUNDS = 6;
    private static final int CLIENTS = 6;

    private final Random random = new Random(9);
    /** Every one of them was given out by a gate that said so. */
    private final Queue<String> cookies = new ConcurrentLinkedQueue<>();

    private final AtomicInteger wrong = new AtomicInteger();
    private Stage stage;
    private Visitor visitor;
    private GateProcess gate;
    private Path state;

    @BeforeEach
    void open() throws Exception {
        stage = Stage.openWithKeptKey("killed", StandaloneGate::new);
        visitor = new Visitor(stage);
        gate = stage.gate();
        state = gate.state();
    }

    @AfterEach
    void close() throws IOException {
        stage.close();
    }

    @Test
    void nobody_is_signed_out_and_the_folder_stays_clean_when_the_gate_is_killed_under_load() throws Exception {
        byte[] key = Files.readAllBytes(state.resolve("key"));
        for (int round = 0; round < ROUNDS; round++) {
            List<Thread> clients = load();
            int before = cookies.size();
            assertTrue(Deadline.reached(Deadline.USUAL, () -> cookies.size() > before + 20 && wrong.get() > 20));
            gate.close();
            for (Thread client : clients) {
                client.join();
            }
            gate.start();
            for (String cookie : cookies) {
                assertEquals(200, visitor.status(cookie), "a cookie of round " + round + " or before");
            }
            assertArrayEquals(key, Files.readAllBytes(state.resolve("key")));
            assertEquals(List.of("key", "running", "running/N.gate"), gate.stateFiles());
            assertThrottles();
        }
    }

    @Test
    void who_was_signed_out_stays_so_when_the_gate_is_killed() throws Exception {
        String early = signIn().orElseThrow();
        for (int round = 1; round <= 3; round++) {
            List<Thread> clients = load();
            // 1: under such a load, a gate may not have said in time that it knows. That is not what is shown here.
            Finished told = Finished.signOutAll(state);
            assertTrue(told.exitCode() <= 1, told::text);
            gate.close();
            for (Thread client : clients) {
                client.join();
            }
            gate.start();
            assertEquals(401, visitor.status(early));
            assertEquals(round + "\n", Files.readString(state.resolve("epoch")));
            early = signIn().orElseThrow();
            assertEquals(200, visitor.status(early));
        }
        assertEquals(List.of("epoch", "key", "running", "running/N.gate"), gate.stateFiles());
    }

    /** The moment is that at which the first file appears in the folder, or a little later. */
    @Test
    void next_gate_starts_as_ever_when_one_was_killed_as_it_made_its_key() throws Exception {
        gate.stop();
        for (int round = 0; round < ROUNDS; round++) {
            for (String file : List.of("key", "running")) {
                Path path = state.resolve(file);
                if (Files.isDirectory(path)) {
                    try (Stream<Path> inside = Files.list(path)) {
                        inside.forEach(one -> one.toFile().delete());
                    }
                }
                Files.deleteIfExists(path);
            }
            gate.startAndKill(() -> !gate.stateFiles().isEmpty(), random.nextInt(3) * 2_000_000L);
        }
        gate.start();
        assertEquals(32, Files.size(state.resolve("key")));
        String cookie = signIn().orElseThrow();
        gate.restart();
        assertEquals(200, visitor.status(cookie));
        // Each round has at most left what it was about to put in place.
        assertTrue(
                gate.stateFiles().size() <= 3 + ROUNDS, () -> gate.stateFiles().toString());
    }

    /** Sign-ins, wrong tries and pages, until the gate is gone. */
    private List<Thread> load() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            Thread thread = new Thread(() -> {
                try {
                    for (int n = 0; ; n++) {
                        if (client == 0) {
                            wrong.addAndGet(
                                    tryPin("wrong", "192.0.2." + n % 250).status() > 0 ? 1 : 0);
                        } else if (client < 4) {
                            signIn().ifPresent(cookies::add);
                        } else {
                            String cookie = cookies.peek();
                            visitor.status(cookie == null ? "pingate=none" : cookie);
                        }
                    }
                } catch (IOException theGateIsGone) {
                    // That is how it ends.
                }
            });
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    /** Who has an old cookie guesses on an account of his own, so that the wrong tries of others don't count here. */
    private Optional<String> signIn() throws IOException {
        WireResponse answer = tryPin(Stage.PIN, "198.51.100.7");
        if (answer.status() == 429) {
            return Optional.empty();
        }
        assertEquals(303, answer.status());
        return Optional.of(Visitor.cookie(answer));
    }

    private WireResponse tryPin(String pin, String from) throws IOException {
        String cookie = cookies.peek();
        return visitor.tryPin(
                pin, "X-Forwarded-For: " + from, "Cookie: " + (cookie == null || pin.equals("wrong") ? "a=b" : cookie));
    }

    /** As a gate does that was never killed. */
    private void assertThrottles() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertEquals(401, tryPin("wrong", "203.0.113.9").status());
        }
        assertEquals(429, tryPin("wrong", "203.0.113.9").status());
    }
}
