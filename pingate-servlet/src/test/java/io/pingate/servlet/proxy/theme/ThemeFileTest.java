package io.pingate.servlet.proxy.theme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThemeFileTest {
    private static final Logger LOGGER = Logger.getLogger(ThemeFile.class.getName());

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<LogRecord> warnings = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(entry);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path folder;

    private Path css;
    private long version;

    @BeforeEach
    void prepare() throws IOException {
        css = folder.resolve("theme.css");
        write("a{}");
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void removeHandler() {
        LOGGER.removeHandler(handler);
    }

    @Test
    void refuses_a_file_that_cannot_be_used() throws IOException {
        assertRefused("empty", "");
        assertRefused("</style", "a{}</sTyLe>");
        assertRefused("longer", "x".repeat(5 << 20));
        Files.delete(css);
        assertReason("no such file");
        Files.createDirectory(css);
        assertReason("not a regular file");
    }

    @Test
    void takes_a_change_up_within_a_second() throws IOException {
        ThemeFile file = open();
        Theme first = file.theme();
        write("b{}");
        passMillis(900);
        assertSame(first, file.theme());
        passMillis(100);
        assertStyle("b{}", file);
        assertTrue(warnings.isEmpty());
    }

    @Test
    void reads_the_file_again_only_when_it_has_changed() {
        ThemeFile file = open();
        Theme first = file.theme();
        passMillis(5_000);
        assertSame(first, file.theme());
    }

    @Test
    void keeps_the_last_good_theme_and_warns_once_when_the_file_goes_bad() throws IOException {
        ThemeFile file = open();
        Files.delete(css);
        look(file);
        assertStyle("a{}", file);
        write("");
        look(file);
        write("</style>");
        look(file);
        assertStyle("a{}", file);
        assertEquals(1, warnings.size());

        write("c{}");
        look(file);
        assertStyle("c{}", file);
        Files.delete(css);
        look(file);
        look(file);
        assertStyle("c{}", file);
        assertEquals(2, warnings.size());
    }

    @Test
    void takes_the_very_same_file_up_again_when_it_comes_back() throws IOException {
        ThemeFile file = open();
        Path aside = folder.resolve("aside.css");
        Files.move(css, aside);
        look(file);
        Files.move(aside, css);
        look(file);
        assertStyle("a{}", file);
        Files.delete(css);
        look(file);
        assertEquals(2, warnings.size());
    }

    private ThemeFile open() {
        return new ThemeFile(css, nanos::get);
    }

    private void look(ThemeFile file) {
        passMillis(1_000);
        assertTrue(file.theme() != null);
    }

    private void passMillis(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void write(String text) throws IOException {
        Files.writeString(css, text);
        version++;
        Files.setLastModifiedTime(css, FileTime.fromMillis(version * 1_000));
    }

    private void assertRefused(String reason, String text) throws IOException {
        write(text);
        assertReason(reason);
    }

    private void assertReason(String reason) {
        String message =
                assertThrows(IllegalArgumentException.class, this::open).getMessage();
        assertTrue(message.startsWith(css + ": ") && message.contains(reason), message);
    }

    private static void assertStyle(String text, ThemeFile file) {
        assertEquals(
                "<style>" + text + "</style>",
                UTF_8.decode(file.theme().markup()).toString());
    }
}
