package io.pingate.servlet.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPlaceTest {
    @TempDir
    private Path folder;

    private static LogPlace place(String text) {
        return LogPlace.of(text, "the.logger");
    }

    @Test
    void words_are_places_in_any_case() {
        assertEquals(new LogPlace.Off(), place("off"));
        assertEquals(new LogPlace.StandardError(), place("STDERR"));
        assertEquals(new LogPlace.Logger("the.logger"), place("log"));
    }

    @Test
    void file_is_a_path_and_not_made_before_its_first_line() throws Exception {
        Path file = folder.resolve("audit.log");
        LogPlace place = place(file.toString());
        assertEquals(new LogPlace.ToFile(file), place);
        assertFalse(Files.exists(file));
        try (LogTarget target = place.target()) {
            target.write(List.of("one line"));
        }
        assertEquals("one line\n", Files.readString(file));
        assertEquals(new LogPlace.ToFile(file), place(file.toString()), "one that is there is gone on with");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stder", "of", "audit.log"})
    void slip_makes_no_file(String text) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> place(text)).getMessage();
        assertEquals("must be stderr, log, off or a file's path with a / in it, as in ./pingate.log", message);
    }

    @Test
    void folder_must_be_there_and_the_file_be_none() {
        for (Path wrong : List.of(folder.resolve("nowhere/audit.log"), folder)) {
            String message = assertThrows(IllegalArgumentException.class, () -> place(wrong.toString()))
                    .getMessage();
            assertTrue(message.startsWith("can't write to " + wrong + "; name a file"), message);
        }
    }

    @Test
    void nothing_is_written_where_there_is_no_log() throws Exception {
        try (LogTarget none = place("off").target();
                LogTarget logger = place("log").target()) {
            none.write(List.of("a line"));
            logger.write(List.of("a line"));
        }
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }
}
