package io.pingate.servlet.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.rate.Lookout;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    @TempDir
    Path folder;

    @Test
    void mark_holds_until_everybody_is_signed_out() throws Exception {
        Epoch epoch = epoch();
        Epoch.Mark before = epoch.now();
        assertEquals(0, before.number());
        Path file = raise();
        assertTrue(before.isCurrent(), "looked again within a second");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertFalse(before.isCurrent());
        assertEquals(1, epoch.now().number());
        assertEquals("1\n", Files.readString(file));
    }

    @Test
    void number_rises_each_time_and_leaves_one_file_that_every_gate_can_read() throws Exception {
        raise();
        Path file = raise();
        assertEquals(2, new StateFolder(folder).epoch());
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void number_never_falls_while_the_gate_runs() throws Exception {
        Path file = raise();
        Epoch epoch = epoch();
        Epoch.Mark mark = epoch.now();
        for (String text : new String[] {"0", "", "two", "-3", "9999999999999999999"}) {
            Files.writeString(file, text);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            assertSame(mark, epoch.now(), text);
        }
        Files.delete(file);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertSame(mark, epoch.now());
    }

    @Test
    void running_gate_says_that_it_has_signed_everybody_out() throws Exception {
        long process = ProcessHandle.current().pid();
        Epoch epoch = epoch();
        epoch.announce();
        StateFolder state = new StateFolder(folder);
        state.epoch(12);
        assertEquals(List.of(process), Raised.observe(state, 12, Duration.ZERO).unconfirmed());
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(12, epoch.now().number());
        Raised raised = Raised.observe(state, 12, Duration.ZERO);
        assertEquals(List.of(process), raised.confirmed());
        assertEquals(List.of(), raised.unconfirmed());
        epoch.withdraw();
        assertEquals(List.of(), Raised.observe(state, 12, Duration.ZERO).confirmed());
        try (Stream<Path> left = Files.list(folder.resolve(Presence.FOLDER))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void gate_runs_unseen_until_the_folder_can_be_written_to() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve(Presence.FOLDER), "x");
        Epoch epoch = new Epoch(new StateFolder(folder), new Lookout(nanos::get), 3);
        epoch.announce();
        assertEquals(3, epoch.now().number());
        Files.delete(inTheWay);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(3, epoch.now().number());
        try (Stream<Path> files = Files.list(inTheWay)) {
            assertEquals(
                    List.of(ProcessHandle.current().pid() + " 3\n"),
                    files.map(EpochTest::text).toList());
        }
        epoch.withdraw();
        try (Stream<Path> files = Files.list(inTheWay)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void gate_that_was_never_seen_is_withdrawn() throws Exception {
        Files.writeString(folder.resolve(Presence.FOLDER), "x");
        Epoch epoch = epoch();
        epoch.announce();
        epoch.withdraw();
        Files.delete(folder.resolve(Presence.FOLDER));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(0, epoch.now().number());
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(0, files.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void number_rises_even_when_running_gates_can_not_be_seen() throws Exception {
        Files.writeString(folder.resolve(Presence.FOLDER), "no folder");
        IOException fault = assertThrows(IOException.class, this::raise);
        assertTrue(fault.getMessage().startsWith("everybody is to be signed out, but "), fault::getMessage);
        assertEquals(1, new StateFolder(folder).epoch());
    }

    @Test
    void file_of_a_gate_that_was_killed_is_no_gate() throws Exception {
        Path running = Files.createDirectories(folder.resolve(Presence.FOLDER));
        Files.writeString(running.resolve("1.gate"), ProcessHandle.current().pid() + " 7\n");
        Files.writeString(running.resolve("2.new"), "");
        assertEquals(List.of(), RunningGates.with(new StateFolder(folder)));
        try (Stream<Path> left = Files.list(running)) {
            assertEquals(List.of(running.resolve("2.new")), left.toList());
        }
    }

    @Test
    void files_of_gates_that_were_killed_are_removed_when_one_starts() throws Exception {
        Path running = Files.createDirectories(folder.resolve(Presence.FOLDER));
        Files.writeString(running.resolve("1-2-3.gate"), "1 7\n");
        Files.writeString(running.resolve(ProcessHandle.current().pid() + "-2-3.gate"), "1 7\n");
        // Of another class loader's in this process: to open it would end its lock, so nobody looks whether it has one.
        Path own = Files.writeString(running.resolve(Presence.OWN + "3.gate"), "1 7\n");
        Epoch epoch = epoch();
        epoch.announce();
        try (Stream<Path> left = Files.list(running)) {
            assertEquals(
                    2,
                    left.filter(file -> file.getFileName().toString().startsWith(Presence.OWN))
                            .count());
        }
        epoch.withdraw();
        try (Stream<Path> left = Files.list(running)) {
            assertEquals(List.of(own), left.toList());
        }
    }

    @Test
    void number_that_can_not_be_written_leaves_nothing_behind() throws Exception {
        // What stands in its place can't be replaced by a file.
        Files.createDirectories(folder.resolve("epoch/inside"));
        assertThrows(IOException.class, () -> new StateFolder(folder).epoch(1));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("epoch")), left.toList());
        }
    }

    @Test
    void gate_does_not_start_when_the_number_is_spoilt() throws Exception {
        Files.writeString(folder.resolve("epoch"), "");
        SettingsException fault = assertThrows(
                SettingsException.class,
                () -> PinGateSettings.load(
                        SettingsSource.environment(Map.of("PINGATE_STATE_DIR", folder.toString())::get)));
        assertTrue(fault.getMessage().contains("PINGATE_STATE_DIR: "), fault::getMessage);
        assertTrue(fault.getMessage().contains(folder.resolve("epoch") + " must hold a whole number"));
    }

    @Test
    void nobody_is_signed_out_when_the_folder_can_not_be_written_to() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        IOException fault = assertThrows(IOException.class, () -> raise(file));
        assertTrue(fault.getMessage().startsWith("nobody was signed out ("), fault::getMessage);
        assertTrue(fault.getMessage().contains(file.toString()), fault::getMessage);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_others_say_is_taken_up_at_once_and_holds_after_a_restart() throws Exception {
        Epoch epoch = epoch();
        assertFalse(epoch.hasHeard());
        Epoch.Mark before = epoch.now();
        epoch.heard(3, Map.of("a-token", 2_000_000_000L), 1_000_000_000L);
        assertFalse(before.isCurrent());
        assertEquals(3, epoch.now().number());
        assertTrue(epoch.now().isRevoked("a-token"));

        Epoch restarted = epoch();
        assertTrue(restarted.hasHeard());
        assertEquals(3, restarted.now().number());
        assertTrue(restarted.now().isRevoked("a-token"));
        restarted.heard(2, Map.of(), 1_000_000_000L);
        assertEquals(3, restarted.now().number());
    }

    @Test
    void what_others_say_is_taken_up_when_it_cannot_be_kept() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Epoch epoch = new Epoch(new StateFolder(file), new Lookout(nanos::get), 0);
        epoch.heard(1, Map.of("a-token", 2_000_000_000L), 1_000_000_000L);
        assertEquals(1, epoch.now().number());
        assertTrue(epoch.now().isRevoked("a-token"));
    }

    @Test
    void others_are_told_and_a_number_of_theirs_that_is_higher_goes_here_too() throws Exception {
        Raised raised = Epoch.raise(new StateFolder(folder), Optional.of(new Others(7)));
        assertEquals(Reach.EVERYWHERE, raised.reach());
        assertEquals(7, new StateFolder(folder).epoch());
        raised = Epoch.raise(new StateFolder(folder), Optional.of(new Others(-1)));
        assertEquals(Reach.failed("out of reach"), raised.reach());
        assertEquals(8, new StateFolder(folder).epoch());
    }

    /** Gates elsewhere that go by a number; by none when they can't be reached. */
    private record Others(long number) implements Elsewhere {
        @Override
        public long signOutAll(long atLeast) throws IOException {
            if (number < 0) {
                throw new IOException("out of reach");
            }
            return Math.max(number, atLeast);
        }

        @Override
        public void revoke(Map<String, Long> ids) {}
    }

    private Epoch epoch() throws IOException {
        StateFolder state = new StateFolder(folder);
        return new Epoch(state, new Lookout(nanos::get), state.epoch());
    }

    private Path raise() throws IOException {
        return raise(folder);
    }

    private static Path raise(Path folder) throws IOException {
        return Epoch.raise(new StateFolder(folder), Optional.empty()).file();
    }
}
