package io.pingate.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.config.StateConfig;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.servlet.state.Raised;
import io.pingate.testing.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that isn't there: less is permitted, never more, and whoever is signed in notices nothing. */
@Timeout(120)
class StoreAwayIT {
    private static final String GONE = "can't be used";
    private static final String BACK = "is back:";

    @TempDir
    Path folder;

    private static void await(Callable<Boolean> condition) throws Exception {
        assertTrue(Deadline.reached(Deadline.USUAL, condition));
    }

    @Test
    void cookies_go_on_and_tries_are_few_when_the_store_is_killed_under_load() throws Exception {
        ExecutorService load = Executors.newCachedThreadPool();
        AtomicBoolean over = new AtomicBoolean();
        try (RedisServer redis = new RedisServer();
                LogLines log = new LogLines(redis.port());
                Upstream upstream = new Upstream();
                TestGate one = gate("one", redis.address(), upstream);
                TestGate other = gate("other", redis.address(), upstream)) {
            String cookie = one.signIn();
            String link = one.settings().passes().link(Duration.ofMinutes(5), "/", Instant.now());
            List<Future<Integer>> clients = new ArrayList<>();
            for (TestGate gate : List.of(one, other, one, other)) {
                clients.add(load.submit(() -> {
                    int refused = 0;
                    while (!over.get()) {
                        refused += gate.open(cookie) == 200 ? 0 : 1;
                    }
                    return refused;
                }));
            }
            redis.kill();
            await(() -> log.containing(GONE) == 2);
            assertEquals(2, one.guesses(6));
            assertEquals(2, other.guesses(6));
            assertEquals(429, one.tryPin(TestGate.PIN).statusCode());
            assertEquals(503, one.press(link));

            redis.start();
            await(() -> log.containing(BACK) == 2);
            // Here, two of the five were had; in the store, which has lost what it held, none.
            assertEquals(3, one.guesses(6));
            assertEquals(2, other.guesses(6));
            assertEquals(303, other.press(link));
            over.set(true);
            for (Future<Integer> client : clients) {
                assertEquals(0, client.get());
            }
            assertEquals(2, log.containing(GONE), log.all()::toString);
            assertEquals(2, log.containing(BACK), log.all()::toString);
        } finally {
            over.set(true);
            load.shutdown();
        }
    }

    @Test
    void gate_grants_no_more_than_one_alone_when_the_store_forgets_again_and_again() throws Exception {
        try (RedisServer redis = new RedisServer();
                Upstream upstream = new Upstream();
                TestGate gate = gate("one", redis.address(), upstream)) {
            int granted = 0;
            for (int i = 0; i < 10; i++) {
                granted += gate.guesses(2);
                redis.ask("FLUSHALL");
            }
            assertEquals(5, granted);
        }
    }

    /** It accepts connections, and never says a word. */
    @Test
    void nobody_waits_for_a_store_that_hangs_but_for_a_try_as_long_as_it_may_take() throws Exception {
        List<Socket> held = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LogLines log = new LogLines(silent.getLocalPort());
                Upstream upstream = new Upstream()) {
            Thread accepting = new Thread(() -> {
                try {
                    while (true) {
                        held.add(silent.accept());
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            accepting.setDaemon(true);
            accepting.start();
            known("one");
            try (TestGate gate = gate("one", "redis://127.0.0.1:" + silent.getLocalPort(), upstream)) {
                long start = System.nanoTime();
                String cookie = gate.signIn();
                for (int i = 0; i < 50; i++) {
                    assertEquals(200, gate.open(cookie));
                }
                assertEquals(2, gate.guesses(3));
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took::toString);
                assertEquals(1, log.containing("timed out"), log.all()::toString);
            }
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    /** As when a cable is pulled: the connection is there, and nothing comes. */
    @Test
    void try_waits_no_longer_than_it_may_when_an_open_connection_falls_silent() throws Exception {
        try (RedisServer redis = new RedisServer();
                LogLines log = new LogLines(redis.port());
                Upstream upstream = new Upstream();
                TestGate gate = gate("one", redis.address(), upstream)) {
            String cookie = gate.signIn();
            redis.signal("STOP");
            long start = System.nanoTime();
            assertEquals(401, gate.guess());
            assertEquals(200, gate.open(cookie));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, took::toString);
            assertEquals(1, log.containing("no answer within 250 ms"), log.all()::toString);
            assertEquals(1, gate.guesses(6));
            redis.signal("CONT");
            await(() -> log.containing(BACK) == 1);
            assertEquals(3, gate.guesses(6));
        }
    }

    @Test
    void gate_does_not_open_when_it_never_heard_whether_everybody_was_signed_out() throws Exception {
        RedisServer redis = new RedisServer();
        String address = redis.address();
        redis.close();
        try (Upstream upstream = new Upstream()) {
            SettingsException fault = assertThrows(SettingsException.class, () -> gate("fresh", address, upstream)
                    .close());
            assertTrue(
                    fault.getMessage().startsWith("PINGATE_REDIS: whether everybody was signed out can't be known"),
                    fault::getMessage);
            known("fresh");
            gate("fresh", address, upstream).close();
        }
    }

    @Test
    void password_opens_the_store_and_a_wrong_one_is_told_without_it() throws Exception {
        Path file = Files.writeString(folder.resolve("address"), "");
        try (RedisServer redis = new RedisServer("--requirepass", "s3cr3t-word");
                LogLines log = new LogLines(redis.port());
                Upstream upstream = new Upstream()) {
            Files.writeString(file, "redis://:s3cr3t-word@127.0.0.1:" + redis.port() + "\n");
            Map<String, String> byFile =
                    Map.of("PINGATE_REDIS_FILE", file.toString(), "PINGATE_UPSTREAM", upstream.address());
            try (TestGate gate = new TestGate(folder.resolve("one"), byFile)) {
                assertEquals(5, gate.guesses(6));
            }
            assertEquals(0, log.containing(GONE));
            try (TestGate gate = gate("one", "redis://:other-word@127.0.0.1:" + redis.port(), upstream)) {
                assertEquals(2, gate.guesses(3));
            }
            assertEquals(1, log.containing("WRONGPASS"), log.all()::toString);
            try (TestGate gate = gate("one", redis.address(), upstream)) {
                assertEquals(2, gate.guesses(3));
            }
            assertEquals(1, log.containing("NOAUTH"), log.all()::toString);
            assertEquals(0, log.containing("-word"));
        }
    }

    /** As when a disk is full: it answers, and takes nothing. */
    @Test
    void store_that_takes_nothing_is_none() throws Exception {
        try (RedisServer redis = new RedisServer();
                LogLines log = new LogLines(redis.port());
                Upstream upstream = new Upstream();
                TestGate gate = gate("one", redis.address(), upstream)) {
            redis.ask("REPLICAOF 127.0.0.1 1");
            await(() -> log.containing(GONE) == 1);
            assertEquals(2, gate.guesses(6));
            redis.ask("REPLICAOF NO ONE");
            await(() -> log.containing(BACK) == 1);
            assertEquals(1, log.containing(GONE), log.all()::toString);
        }
    }

    @Test
    void command_tells_that_others_were_not_reached() throws Exception {
        RedisServer redis = new RedisServer();
        redis.close();
        Map<String, String> environment =
                TestGate.environment(folder.resolve("one"), Map.of("PINGATE_REDIS", redis.address()));
        Raised raised = StateConfig.signOutAll(SettingsSource.environment(environment::get));
        assertTrue(raised.reach().failed());
        assertFalse(raised.reach().elsewhere());
        assertTrue(
                raised.reach().fault().contains("Redis at 127.0.0.1:" + redis.port() + " can't be used"),
                raised::toString);
        assertEquals("1", Files.readString(raised.file()).strip());
    }

    private TestGate gate(String name, String address, Upstream upstream) throws Exception {
        return new TestGate(
                folder.resolve(name), Map.of("PINGATE_REDIS", address, "PINGATE_UPSTREAM", upstream.address()));
    }

    /** A gate with this folder has heard from others before. */
    private void known(String name) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("heard-elsewhere"), "before\n");
    }
}
