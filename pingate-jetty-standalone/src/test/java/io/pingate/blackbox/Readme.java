package io.pingate.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What docs/war.md tells its readers to write is what the containers here are run with. */
final class Readme {
    private static final Pattern BLOCK = Pattern.compile("```\\w+\n(.*?)```", Pattern.DOTALL);

    private Readme() {}

    /** The one block of code that begins like this. */
    static String block(String beginning) {
        try {
            return BLOCK.matcher(Files.readString(Path.of("..", "docs", "war.md")))
                    .results()
                    .map(block -> block.group(1))
                    .filter(block -> block.startsWith(beginning))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("docs/war.md has no block that begins with " + beginning));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
