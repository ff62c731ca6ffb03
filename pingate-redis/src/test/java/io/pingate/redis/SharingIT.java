package io.pingate.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.config.StateConfig;
import io.pingate.servlet.pass.Revocation;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.servlet.state.Raised;
import io.pingate.servlet.state.StateFolder;
import io.pingate.testing.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gates on two machines, as their state folders have it, and one Redis. */
@Timeout(120)
class SharingIT {
    /** Of the gate, Lettuce, Netty and Reactor. */
    private static final Pattern OWN_THREADS =
            Pattern.compile("pingate-redis|lettuce|globalEventExecutor|nioEventLoop|parallel-|single-|boundedElastic");

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static RedisServer redis;
    private static Upstream upstream;

    @TempDir
    Path folder;

    /** Each test has gates of its own. */
    private final String name = "gate" + COUNT.incrementAndGet();

    private TestGate one;
    private TestGate other;

    @BeforeAll
    static void open() throws Exception {
        redis = new RedisServer();
        upstream = new Upstream();
    }

    @AfterAll
    static void end() {
        if (redis != null) {
            redis.close();
            upstream.close();
        }
    }

    private Map<String, String> sharing() {
        return Map.of(
                "PINGATE_REDIS", redis.address(),
                "PINGATE_UPSTREAM", upstream.address(),
                "PINGATE_COOKIE_NAME", name);
    }

    @BeforeEach
    void start() throws Exception {
        one = new TestGate(folder.resolve("one"), sharing());
        other = new TestGate(folder.resolve("other"), sharing());
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    private Raised signOutAll() throws Exception {
        Map<String, String> environment = TestGate.environment(folder.resolve("command"), sharing());
        return StateConfig.signOutAll(SettingsSource.environment(environment::get));
    }

    /** How long it takes until something is so. */
    private static Duration until(Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        assertTrue(Deadline.reached(Deadline.USUAL, condition));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void wrong_pins_are_counted_for_both_gates() throws Exception {
        assertEquals(3, one.guesses(3));
        one.signIn();
        assertEquals(2, other.guesses(5));
        assertEquals(429, one.guess());
        assertEquals(429, one.tryPin(TestGate.PIN).statusCode());
        assertFalse(redis.ask("GET pingate:" + name + ":tries:strangers").startsWith("$-1"));
        assertTrue(
                redis.ask("TTL pingate:" + name + ":tries:strangers:127.0.0.1").matches(":[0-9]+\r\n"),
                "it is forgotten");
    }

    /** Nobody may wait for the store there, and no number of tries finds a signature. */
    @Test
    void forged_tokens_are_counted_by_the_gate_that_gets_them() throws Exception {
        String forged = TestGate.settings(
                        folder.resolve("forger"), Map.of("PINGATE_SECRET", "fedcba9876543210fedcba9876543210"))
                .passes()
                .token("forged", Duration.ofDays(1), List.of(), Instant.now());
        for (int i = 0; i < 5; i++) {
            assertEquals(401, one.openWith(forged));
        }
        assertEquals(429, one.openWith(forged));
        assertEquals(429, one.guess());
        assertEquals(5, other.guesses(6));
    }

    @Test
    void page_tells_the_tries_that_are_left_when_others_were_had_elsewhere() throws Exception {
        other.guesses(2);
        assertTrue(one.tryPin("1").body().contains("Tries left: 2"));
    }

    @Test
    void tries_of_another_gate_are_its_own_when_it_uses_the_same_store() throws Exception {
        assertEquals(5, one.guesses(6));
        Map<String, String> stranger = Map.of("PINGATE_REDIS", redis.address(), "PINGATE_COOKIE_NAME", name + "b");
        try (TestGate third = new TestGate(folder.resolve("third"), stranger)) {
            assertEquals(5, third.guesses(6));
        }
    }

    @Test
    void sessions_and_streams_end_at_both_when_everybody_is_signed_out() throws Exception {
        String cookie = one.signIn();
        assertEquals(200, other.open(cookie));
        try (InputStream here = one.stream(cookie);
                InputStream there = other.stream(cookie)) {
            assertEquals("data: 1", new String(here.readNBytes(7), UTF_8));
            assertEquals("data: 1", new String(there.readNBytes(7), UTF_8));
            Raised raised = signOutAll();
            assertTrue(raised.reach().elsewhere(), raised::toString);
            assertEquals(401, one.open(cookie));
            assertEquals(401, other.open(cookie));
            Duration took = until(() -> ended(here) && ended(there));
            assertTrue(took.toMillis() < 2000, took::toString);
        }
        assertEquals(200, one.open(other.signIn()));
        assertEquals(
                new StateFolder(folder.resolve("one")).epoch(), new StateFolder(folder.resolve("command")).epoch());
    }

    /** The end of a chunked stream that was cut off is an exception. */
    private static boolean ended(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), UTF_8).isBlank();
        } catch (IOException cut) {
            return true;
        }
    }

    @Test
    void link_signs_in_once_at_whichever_gate() throws Exception {
        String link = TestGate.settings(folder.resolve("command"), sharing())
                .passes()
                .link(Duration.ofMinutes(5), "/", Instant.now());
        assertEquals(303, one.press(link));
        assertEquals(410, other.press(link));
        assertEquals(410, one.press(link));
    }

    @Test
    void link_is_used_all_the_same_when_the_store_has_lost_that_it_was() throws Exception {
        String link = one.settings().passes().link(Duration.ofMinutes(5), "/", Instant.now());
        assertEquals(303, one.press(link));
        redis.ask("FLUSHALL");
        assertEquals(410, one.press(link));
    }

    @Test
    void revoked_token_opens_neither_gate() throws Exception {
        PinGateSettings command = TestGate.settings(folder.resolve("command"), sharing());
        String token = command.passes().token("backup", Duration.ofDays(1), List.of(), Instant.now());
        assertEquals(200, one.openWith(token));
        assertEquals(200, other.openWith(token));
        Revocation revoked = command.passes().revoke("backup", Instant.now()).orElseThrow();
        assertTrue(revoked.gates().reach().elsewhere(), revoked::toString);
        assertEquals(401, one.openWith(token));
        assertEquals(401, other.openWith(token));

        redis.ask("FLUSHALL");
        until(() -> redis.ask("HLEN pingate:" + name + ":revoked").equals(":1\r\n"));
    }

    @Test
    void gate_that_starts_later_goes_by_what_others_know() throws Exception {
        String cookie = one.signIn();
        signOutAll();
        try (TestGate late = new TestGate(folder.resolve("late"), sharing())) {
            assertEquals(401, late.open(cookie));
            assertEquals(200, late.open(one.signIn()));
        }
    }

    @Test
    void store_that_was_emptied_is_told_again_how_often_everybody_was_signed_out() throws Exception {
        String cookie = one.signIn();
        signOutAll();
        redis.ask("FLUSHALL");
        until(() -> redis.ask("HGET pingate:" + name + ":state epoch").contains("1"));
        assertEquals(401, one.open(cookie));
    }

    @Test
    void command_says_so_when_no_gate_shares() throws Exception {
        stop();
        Raised raised = signOutAll();
        assertTrue(raised.reach().failed());
        assertTrue(
                raised.reach().fault().contains("no gate runs that shares by it and has the cookie name " + name),
                raised::toString);
    }

    @Test
    void no_thread_is_left_when_gates_have_stopped() throws Exception {
        Set<Thread> before = threads();
        assertFalse(before.isEmpty());
        stop();
        until(() -> before.stream().noneMatch(Thread::isAlive));
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !OWN_THREADS.matcher(thread.getName()).lookingAt());
        return threads;
    }
}
