package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.settings.Renewal;
import io.pingate.servlet.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README against the code. With {@code -Dreadme=write} its table is made anew. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String START =
            "<!-- settings: made by ReadmeTest from io.pingate.servlet.settings.Setting -->\n";
    private static final String END = "<!-- end of settings -->\n";

    @Test
    void table_of_settings_is_that_of_the_code() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf(START) + START.length();
        int end = readme.indexOf(END);
        if ("write".equals(System.getProperty("readme"))) {
            Files.writeString(README, readme.substring(0, start) + table() + readme.substring(end));
            return;
        }
        assertEquals(table(), readme.substring(start, end));
    }

    @Test
    void commands_are_those_of_the_build() throws IOException {
        String readme = Files.readString(README);
        assertTrue(readme.contains("java -jar pingate-jetty-standalone/target/pingate.jar --demo\n"));
        assertTrue(readme.contains("\n```sh\nmvn -B verify\n```\n"));
    }

    private static String table() {
        return Arrays.stream(Setting.values())
                .map(setting -> "| `" + setting.environmentName() + "` | " + setting.defaultText() + " | "
                        + (setting.meaning() + Renewal.of(setting).note()).replace("|", "\\|") + " |\n")
                .collect(Collectors.joining("", "| variable | default | meaning |\n|---|---|---|\n", ""));
    }
}
