package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.settings.Renewal;
import io.pingate.servlet.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** README and docs/settings.md against the code. With {@code -Dreadme=write} their tables are made anew. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path ALL = Path.of("..", "docs", "settings.md");
    /** What people need; one page has no room for more. */
    private static final Set<Setting> OF_THE_README = EnumSet.of(
            Setting.PIN,
            Setting.PIN_FILE,
            Setting.SECRET,
            Setting.UPSTREAM,
            Setting.APP,
            Setting.HOST,
            Setting.PORT,
            Setting.PUBLIC_PATHS,
            Setting.TRUSTED_EMAIL,
            Setting.TRUSTED_PROXIES,
            Setting.SESSION_DAYS,
            Setting.STATE_DIR);

    private static final String START =
            "<!-- settings: made by ReadmeTest from io.pingate.servlet.settings.Setting -->\n";
    private static final String END = "<!-- end of settings -->\n";

    @Test
    void table_of_settings_is_that_of_the_code() throws IOException {
        compare(ALL, EnumSet.allOf(Setting.class));
    }

    @Test
    void short_table_of_settings_is_that_of_the_code() throws IOException {
        compare(README, OF_THE_README);
    }

    @Test
    void commands_are_those_of_the_build() throws IOException {
        String readme = Files.readString(README);
        assertTrue(readme.contains("java -jar pingate-jetty-standalone/target/pingate.jar --demo\n"));
        assertTrue(readme.contains("\n```sh\nmvn -B verify\n```\n"));
    }

    private static void compare(Path file, Collection<Setting> settings) throws IOException {
        String text = Files.readString(file);
        int start = text.indexOf(START) + START.length();
        int end = text.indexOf(END);
        if ("write".equals(System.getProperty("readme"))) {
            Files.writeString(file, text.substring(0, start) + table(settings) + text.substring(end));
            return;
        }
        assertEquals(table(settings), text.substring(start, end));
    }

    private static String table(Collection<Setting> settings) {
        return settings.stream()
                .map(setting -> "| `" + setting.environmentName() + "` | " + setting.defaultText() + " | "
                        + (setting.meaning() + Renewal.of(setting).note()).replace("|", "\\|") + " |\n")
                .collect(Collectors.joining("", "| variable | default | meaning |\n|---|---|---|\n", ""));
    }
}
