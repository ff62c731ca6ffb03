package io.pingate.servlet.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final long A_SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path folder;

    private Path file;
    private LogFile log;

    @BeforeEach
    void begin() {
        file = folder.resolve("audit.log");
        log = new LogFile(file, nanos::get);
    }

    @Test
    void lines_are_appended_and_the_file_is_its_owners() throws Exception {
        Files.writeString(folder.resolve("old"), "");
        log.write(List.of("one", "two"));
        log.write(List.of("three"));
        log.close();
        new LogFile(file, nanos::get).write(List.of("four"));

        assertEquals("one\ntwo\nthree\nfour\n", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void new_file_is_begun_when_the_old_one_was_moved_away() throws Exception {
        log.write(List.of("before"));
        Path moved = folder.resolve("audit.log.1");
        Files.move(file, moved);
        log.write(List.of("not looked yet"));
        assertFalse(Files.exists(file));
        nanos.addAndGet(A_SECOND);
        log.write(List.of("after"));
        nanos.addAndGet(A_SECOND);
        log.write(List.of("still"));

        assertEquals("before\nnot looked yet\n", Files.readString(moved));
        assertEquals("after\nstill\n", Files.readString(file));
    }

    @Test
    void another_file_in_its_place_is_written_to() throws Exception {
        log.write(List.of("before"));
        Files.move(file, folder.resolve("audit.log.1"));
        Files.writeString(file, "made by logrotate\n");
        nanos.addAndGet(A_SECOND);
        log.write(List.of("after"));

        assertEquals("made by logrotate\nafter\n", Files.readString(file));
    }

    @Test
    void write_fails_where_no_file_can_be() throws Exception {
        LogFile nowhere = new LogFile(folder.resolve("nowhere/audit.log"), nanos::get);
        assertThrows(IOException.class, () -> nowhere.write(List.of("lost")));
        Files.createDirectory(folder.resolve("nowhere"));
        nowhere.write(List.of("kept"));

        assertEquals("kept\n", Files.readString(folder.resolve("nowhere/audit.log")));
    }
}
