package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SECURITY.md against the tests that it names. */
class SecurityTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))\\.(\\w+)`");

    @Test
    void tests_exist_when_named() throws IOException {
        Map<String, String> sources = testSources();
        Set<String> missing = new TreeSet<>();
        List<MatchResult> named = NAMED.matcher(Files.readString(PROJECT.resolve("SECURITY.md")))
                .results()
                .toList();
        for (MatchResult test : named) {
            if (!sources.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "(")) {
                missing.add(test.group());
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(named.size() > 40, named::toString);
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module :
                List.of("pingate-api", "pingate-servlet", "pingate-jetty-standalone", "pingate-examples/webapp")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module + "/src/test/java"))) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> sources.merge(
                                file.getFileName().toString().replace(".java", ""), text(file), String::concat));
            }
        }
        return sources;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
