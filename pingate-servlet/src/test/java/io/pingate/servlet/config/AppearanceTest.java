package io.pingate.servlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.page.Facts;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.SettingsSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppearanceTest {
    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    @TempDir
    private Path folder;

    private static Facts read(Map<String, String> environment) {
        SettingsReader settings = new SettingsReader(List.of(SettingsSource.environment(environment::get)));
        Facts facts = Appearance.read(settings);
        settings.finish();
        return facts;
    }

    private static void assertRefused(String name, String value, String rule) {
        SettingsException fault = assertThrows(SettingsException.class, () -> read(Map.of(name, value)));
        assertEquals(1, fault.faults().size());
        String line = fault.faults().get(0);
        assertTrue(line.startsWith(name + ": ") && line.contains(rule), line);
    }

    @Test
    void facts_are_those_that_are_set() {
        assertEquals(Facts.NONE, read(Map.of()));
        assertEquals(
                new Facts("Notes", "Ask <Kim>.", ""),
                read(Map.of("PINGATE_TITLE", " Notes ", "PINGATE_WELCOME", "Ask <Kim>.")));
    }

    @Test
    void text_is_refused_when_it_is_too_long_or_more_than_a_line() {
        assertRefused("PINGATE_TITLE", "x".repeat(61), "one line of 1 to 60 characters");
        assertRefused("PINGATE_TITLE", "a\nb", "one line");
        assertRefused("PINGATE_WELCOME", "x".repeat(201), "one line of 1 to 200 characters");
        assertRefused("PINGATE_WELCOME", "a\u0007b", "one line");
    }

    @ParameterizedTest
    @CsvSource({
        "89504E470D0A1A0A00, image/png",
        "FFD8FFE0, image/jpeg",
        "524946460000000057454250, image/webp",
        "474946383961, image/gif"
    })
    void type_of_a_logo_is_found_in_its_content(String hex, String type) throws IOException {
        assertEquals("data:" + type, logo(HexFormat.of().parseHex(hex)).split(";", 2)[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SVG,
                "\uFEFF<?xml version=\"1.0\"?>\n<!-- a > b --><!DOCTYPE svg>\n" + SVG,
                "<svg\nxmlns='http://www.w3.org/2000/svg'></svg>"
            })
    void svg_is_known_whatever_stands_before_it(String text) throws IOException {
        assertTrue(logo(text.getBytes(StandardCharsets.UTF_8)).startsWith("data:image/svg+xml;base64,"));
    }

    private String logo(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("picture.txt"), bytes);
        return read(Map.of("PINGATE_LOGO", file.toString())).logo();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RIFF",
                "RIFF0000WAVE",
                "<html><svg xmlns=\"http://www.w3.org/2000/svg\"/></html>",
                "<svg/>",
                "<svgx xmlns=\"http://www.w3.org/2000/svg\"/>",
                "<!-- <svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "<?xml"
            })
    void logo_of_another_type_is_refused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("logo.png"), text);
        assertRefused("PINGATE_LOGO", file.toString(), "must be a PNG, JPEG, WebP, GIF or SVG picture");
    }

    @Test
    void logo_of_5_mb_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("logo.svg"), SVG);
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(5_000_000);
        }
        assertRefused("PINGATE_LOGO", file.toString(), "at most 4 KiB");
    }

    @Test
    void logo_is_refused_when_it_cannot_be_read() {
        assertRefused("PINGATE_LOGO", folder.toString(), "can't read");
        assertRefused("PINGATE_LOGO", folder.resolve("none.png").toString(), "can't read");
    }
}
