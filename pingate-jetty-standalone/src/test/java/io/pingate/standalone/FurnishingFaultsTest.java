package io.pingate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A theme or a header that can't be used stops the start, with the reason. */
@Timeout(60)
class FurnishingFaultsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"X-A\": 1} | string",
                "{\"X-A\": \"a\\nb\"} | control character",
                "{\"Host\": \"a\"} | is set by the gate",
                "{\"Content-Length\": \"1\"} | belongs to the client's message",
                "{\"Connection\": \"close\"} | concerns one connection only"
            })
    void extra_header_is_refused_with_the_reason(String json, String reason) {
        assertRefused("--extra-headers=" + json, reason);
    }

    @Test
    void theme_is_refused_with_the_reason() throws IOException {
        Path css = folder.resolve("theme.css");
        String flag = "--theme-css-path=" + css;
        assertRefused(flag, "can't read");
        assertRefused(flag, "empty", "");
        assertRefused(flag, "longer than", "a".repeat(5 * 1024 * 1024));
        assertRefused(flag, "contains </style", "a {} </STYLE><script>");
    }

    private void assertRefused(String flag, String reason, String css) throws IOException {
        Files.writeString(folder.resolve("theme.css"), css, UTF_8);
        assertRefused(flag, reason);
    }

    private static void assertRefused(String flag, String reason) {
        StringWriter err = new StringWriter();
        assertEquals(2, Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), flag, "--port=0"));
        assertTrue(err.toString().contains(reason), err::toString);
    }
}
