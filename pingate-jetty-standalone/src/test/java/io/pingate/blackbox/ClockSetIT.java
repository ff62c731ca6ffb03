package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The clock of a gate that runs is set by a day, forth and back; where libfaketime is installed (the package "faketime" on
 * Debian).
 */
@Timeout(480)
class ClockSetIT {
    private static final Optional<Path> LIBRARY = library();
    private static Stage stage;
    private static Visitor visitor;

    @BeforeAll
    static void open() throws Exception {
        assumeTrue(LIBRARY.isPresent(), "no libfaketime here");
        stage = Stage.open("clock", Clocked::new);
        visitor = new Visitor(stage);
    }

    @AfterAll
    static void close() throws IOException {
        if (stage != null) {
            stage.close();
        }
    }

    @AfterEach
    void setRight() throws IOException {
        stage.upstream().forget();
        setClock("+0");
    }

    @Test
    void nobody_is_signed_out() throws Exception {
        String before = signIn();
        for (String clock : List.of("+1d", "+0", "-1d", "+0")) {
            setClock(clock);
            assertEquals(200, visitor.status(before), clock);
            assertEquals(200, visitor.status(signIn()), clock);
        }
        setClock("+1d");
        String ahead = signIn();
        setClock("+0");
        assertEquals(200, visitor.status(ahead));
        setClock("+31d");
        assertEquals(401, visitor.status(before), "the clock of the gate is the one that was set");
    }

    @Test
    void upstream_has_its_time_and_no_more() throws Exception {
        for (String clock : List.of("+1d", "-1d")) {
            stage.upstream().byHand();
            long begun = System.nanoTime();
            try (RawClient client = stage.client()) {
                client.send(GateContract.stranger("GET", "/slow", "Cookie: " + signIn()));
                Exchange exchange = stage.upstream().next();
                setClock(clock);
                assertEquals(504, client.response().status());
                exchange.close();
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(taken.compareTo(Stage.UPSTREAM_TIMEOUT) >= 0, taken::toString);
            stage.upstream().forget();
            setClock("+0");
        }
    }

    @Test
    void tries_stay_counted() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    401, visitor.tryPin("wrong", "X-Forwarded-For: 203.0.113.5").status());
        }
        for (String clock : List.of("+1d", "-1d", "+0")) {
            setClock(clock);
            assertEquals(
                    429, visitor.tryPin("wrong", "X-Forwarded-For: 203.0.113.5").status(), clock);
        }
    }

    @Test
    void everybody_is_signed_out_when_that_was_asked_for_while_the_clock_was_wrong() throws Exception {
        setClock("-1d");
        String cookie = signIn();
        Path epoch = stage.gate().state().resolve("epoch");
        Files.writeString(epoch, "1\n");
        assertTrue(Deadline.reached(Deadline.USUAL, () -> visitor.status(cookie) == 401));
        setClock("+1d");
        assertEquals(401, visitor.status(cookie));
        assertEquals(200, visitor.status(signIn()));
    }

    /** In the folder of one processor or the other. */
    private static Optional<Path> library() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException noSuchFolder) {
            return Optional.empty();
        }
    }

    /** In one step: the library reads the file whenever somebody asks for the time, also as it is being written. */
    private static void setClock(String clock) throws IOException {
        Path home = stage.gate().home();
        Path next = Files.writeString(home.resolve("next-clock"), clock);
        Files.move(next, home.resolve("clock"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String signIn() throws IOException {
        return visitor.signIn("X-Forwarded-For: 198.51.100.2");
    }

    /** What measures time is left alone, as no administrator can set it. */
    private static final class Clocked extends StandaloneGate {
        private final Path clock;

        Clocked(Path home, Map<String, String> settings) throws IOException {
            super(home, settings);
            clock = Files.writeString(home.resolve("clock"), "+0");
        }

        @Override
        List<String> launcher() {
            return List.of(
                    "/usr/bin/env",
                    "LD_PRELOAD=" + LIBRARY.orElseThrow(),
                    "FAKETIME_TIMESTAMP_FILE=" + clock,
                    "FAKETIME_NO_CACHE=1",
                    "FAKETIME_DONT_FAKE_MONOTONIC=1",
                    // With it, whatever waits for a time doesn't, and a thread that does so in a loop takes a
                    // processor.
                    "FAKETIME_FORCE_MONOTONIC_FIX=0");
        }
    }
}
