package io.pingate.examples.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation shows of Java, XML and YAML stands in an example or a test that is built and run, but for its white space. */
class SnippetsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final List<Path> BUILT = List.of(
            ROOT.resolve("pingate-examples"), ROOT.resolve("pingate-servlet/src/test/java/io/pingate/servlet/metrics"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(java|xml|yaml)\\n(.*?)^```$");

    @Test
    void every_snippet_is_part_of_an_example() throws IOException {
        List<MatchResult> blocks = BLOCK.matcher(
                        read(ROOT.resolve("README.md")) + read(ROOT.resolve("docs/embedding.md")))
                .results()
                .toList();
        assertTrue(blocks.size() > 5, "only " + blocks.size());
        List<String> lost = blocks.stream()
                .filter(block -> sources(block.group(1)).noneMatch(source -> source.contains(essence(block.group(2)))))
                .map(MatchResult::group)
                .toList();
        assertEquals(List.of(), lost);
    }

    private static Stream<String> sources(String language) {
        String suffix = language.equals("yaml") ? ".yml" : "." + language;
        return BUILT.stream().flatMap(folder -> sources(folder, suffix));
    }

    private static Stream<String> sources(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file ->
                            file.toString().endsWith(suffix) && !file.toString().contains("/target/"))
                    .map(SnippetsTest::read)
                    .map(SnippetsTest::essence)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without white space, since a page has shorter lines; without versions, which the examples have from their reactor. */
    private static String essence(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\\s+", ""))
                .filter(line -> !line.startsWith("<version>"))
                .collect(Collectors.joining());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
