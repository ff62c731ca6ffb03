package io.pingate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An environment, {@code NAME=value} in a line each; of a setting that names a file, what is in it, tabs for line breaks. It
 * is taken, or refused with a reason that shows no secret.
 */
final class SettingsFuzz {
    /** At the end of each secret, so that it can be told from all else. */
    private static final String MARK = "Zq7Xw";

    private static final Path HOME = temporaryFolder();

    private SettingsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String line : new String(input, ISO_8859_1).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                add(environment, line.substring(0, equals), line.substring(equals + 1));
            }
        }
        environment.put("PINGATE_STATE_DIR", HOME.resolve("state").toString());
        judge(environment, false);
        environment.remove("PINGATE_HOST");
        judge(environment, true);
    }

    private static void judge(Map<String, String> environment, boolean inContainer) {
        SettingsSource source = SettingsSource.environment(environment::get);
        try {
            PinGateSettings settings =
                    inContainer ? PinGateSettings.loadInContainer(source) : PinGateSettings.load(source);
            assertShowsNoSecret(settings.toString());
            assertShowsNoSecret(settings.pinOrigin() + settings.host() + settings.gatePath());
        } catch (SettingsException e) {
            assertTrue(!e.faults().isEmpty());
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertShowsNoSecret(String.valueOf(cause.getMessage()));
            }
            e.faults().forEach(SettingsFuzz::assertShowsNoSecret);
        }
    }

    private static void assertShowsNoSecret(String text) {
        assertFalse(text.contains(MARK), text);
    }

    private static void add(Map<String, String> environment, String name, String value) throws IOException {
        String marked = marked(name, value);
        if (name.endsWith("_FILE") || name.equals("PINGATE_CONFIG") || name.equals("PINGATE_THEME_CSS_PATH")) {
            Path file = HOME.resolve(name.replaceAll("[^A-Z_]", "x"));
            String content = Arrays.stream(marked.split("\t", -1))
                    .map(SettingsFuzz::markedProperty)
                    .collect(Collectors.joining("\n"));
            Files.write(file, content.getBytes(ISO_8859_1));
            environment.put(name, file.toString());
        } else if (!name.equals("PINGATE_HOST") || value.matches("[0-9.]{7,15}|\\[?[0-9a-f:]+]?|localhost")) {
            // Any other host would be asked for in the DNS.
            environment.put(name, marked);
        }
    }

    private static String markedProperty(String line) {
        int equals = line.indexOf('=');
        String name = equals < 0
                ? ""
                : line.substring(0, equals).strip().replace('.', '_').replace('-', '_');
        return equals < 0
                ? line
                : line.substring(0, equals + 1) + marked(name.toUpperCase(Locale.ROOT), line.substring(equals + 1));
    }

    private static String marked(String name, String value) {
        boolean secret = Arrays.stream(Setting.values())
                .anyMatch(setting -> setting.secret() && name.startsWith(setting.environmentName()));
        return secret && !value.isEmpty() ? value + MARK : value;
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("pingate-fuzz-");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
