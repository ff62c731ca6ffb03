package io.pingate.servlet.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.PinGatePaths;
import io.pingate.servlet.log.LineWriter;
import io.pingate.servlet.log.LogPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccessLogTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.123456Z");
    private static final String HOSTILE =
            "x\" 200 1 \"-\" \"-\"\r\n192.0.2.1 - - [] \"GET / \\\",\"status\":1} \u00e4\u001b[31m";
    private static final Pattern COMBINED = Pattern.compile(
            "\\S+ - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+]0000] \"[^\"]*\" \\d{3} \\d+ \"[^\"]*\" \"[^\"]*\"");

    @TempDir
    private Path folder;

    private static AccessEntry entry(
            String method, String target, int status, @Nullable String referer, @Nullable String agent) {
        AccessEntry.Line line = new AccessEntry.Line(method, target, "HTTP/1.1");
        return new AccessEntry(NOW, "2001:db8::1", line, status, 12, Duration.ofNanos(7_004_999), referer, agent);
    }

    private List<String> written(AccessFormat format, AccessEntry... entries) throws Exception {
        Path file = folder.resolve("access.log");
        try (AccessLog log =
                new AccessLog(format, PinGatePaths.under("/pin"), new LineWriter(), new LogPlace.ToFile(file))) {
            for (AccessEntry entry : entries) {
                log.note(entry);
            }
        }
        return Files.readAllLines(file);
    }

    @Test
    void line_is_as_everybody_s_combined_format() throws Exception {
        AccessEntry unreadable = new AccessEntry(NOW, "192.0.2.1", null, 400, 0, Duration.ZERO, null, null);
        assertEquals(
                List.of(
                        "2001:db8::1 - - [28/Nov/2026:12:00:00 +0000] \"GET /a?b=c HTTP/1.1\" 200 12 \"https://x.test/y\""
                                + " \"curl/8 (x)\"",
                        "192.0.2.1 - - [28/Nov/2026:12:00:00 +0000] \"-\" 400 0 \"-\" \"-\""),
                written(
                        AccessFormat.COMBINED,
                        entry("GET", "/a?b=c", 200, "https://x.test/y", "curl/8 (x)"),
                        unreadable));
    }

    @Test
    void line_is_an_object_of_json() throws Exception {
        AccessEntry unreadable = new AccessEntry(NOW, "192.0.2.1", null, 400, 0, Duration.ZERO, null, null);
        assertEquals(
                List.of(
                        "{\"time\":\"2026-11-28T12:00:00.123Z\",\"client\":\"2001:db8::1\",\"method\":\"GET\",\"target\":"
                                + "\"/a?b=c\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"bytes\":12,\"duration_ms\":7.004,"
                                + "\"referer\":\"https://x.test/y\",\"user_agent\":\"curl/8\"}",
                        "{\"time\":\"2026-11-28T12:00:00.123Z\",\"client\":\"192.0.2.1\",\"status\":400,\"bytes\":0,"
                                + "\"duration_ms\":0.000}"),
                written(AccessFormat.JSON, entry("GET", "/a?b=c", 200, "https://x.test/y", "curl/8"), unreadable));
    }

    @ParameterizedTest
    @EnumSource(AccessFormat.class)
    void client_forges_no_line_and_no_field_and_bounds_are_kept(AccessFormat format) throws Exception {
        String much = HOSTILE + "x".repeat(40_000);
        for (String line : written(format, entry(HOSTILE, much, 200, much, much), entry("GET", "/", 200, null, much))) {
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
            assertTrue(line.length() < 4 * (AccessFormat.MAX_CHARS + 200), line);
            assertTrue(line.contains("xxx..."), line);
            if (format == AccessFormat.COMBINED) {
                assertTrue(COMBINED.matcher(line).matches(), line);
                assertTrue(line.contains("x\\x22 200 1 \\x22-\\x22 \\x22-\\x22\\x0D\\x0A192.0.2.1 - - []"), line);
                assertTrue(line.contains("GET / \\x5C\\x22,\\x22status\\x22:1} \\xE4\\x1B[31m"), line);
            } else {
                assertTrue(line.contains("x\\u0022 200 1 "), line);
                assertEquals(1, line.split("\"status\":", -1).length - 1, line);
            }
        }
    }

    @Test
    void client_that_is_gone_has_a_code_of_its_own() throws Exception {
        assertTrue(written(AccessFormat.JSON, entry("GET", "/", 0, null, null))
                .get(0)
                .contains("\"status\":499,"));
    }

    @ParameterizedTest
    @CsvSource({
        "/pin/link/pgl1.abc.def-_, /pin/link/-",
        "/pin/link/%70gl1.abc, /pin/link/-",
        "//pin/link/pgl1.abc.def, //pin/link/-",
        "/pin?next=/pin/link/pgl1.abc.def, /pin?-",
        "/pin/check?pin=4711, /pin/check?-",
        "/pin/check, /pin/check",
        "/pinboard?pin=1, /pinboard?pin=1",
        "/lab?token=theirs&a=b, /lab?token=theirs&a=b",
        "/lab?token=pgt1.abc.def&a=b, /lab?token=-&a=b",
        "/pin/doctor?pgd1.abc.def, /pin/doctor?-",
        "*, *"
    })
    void what_signs_in_is_in_no_address(String target, String logged) throws Exception {
        String referer = "https://gate.test" + target;
        String line = written(AccessFormat.COMBINED, entry("GET", target, 200, referer, "a " + target))
                .get(0);
        assertTrue(line.contains("\"GET " + logged + " HTTP/1.1\""), line);
        assertTrue(line.contains("\"https://gate.test" + logged + "\""), line);
        assertEquals(
                List.of(), Pattern.compile("pg[a-z]1").matcher(line).results().toList(), line);
    }

    @Test
    void format_is_one_of_two() {
        assertEquals(AccessFormat.COMBINED, AccessFormat.of("Combined"));
        assertEquals(AccessFormat.JSON, AccessFormat.of("json"));
        assertThrows(IllegalArgumentException.class, () -> AccessFormat.of("common"));
    }
}
