package io.pingate.servlet.config;

import io.pingate.servlet.page.Facts;
import io.pingate.servlet.page.Logo;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the gate's own pages say and show of the program behind it. */
public final class Appearance {
    private Appearance() {}

    public static Facts read(SettingsReader settings) {
        return new Facts(
                settings.optional(Setting.TITLE, Facts::title).orElse(""),
                settings.optional(Setting.WELCOME, Facts::welcome).orElse(""),
                settings.optional(Setting.LOGO, file -> logo(Values.readableFile(file)))
                        .orElse(""));
    }

    private static String logo(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Logo.of(in.readNBytes(Logo.MAX_BYTES + 1));
        } catch (IOException e) {
            throw new IllegalArgumentException("can't read " + file + "; name a file that this user may read", e);
        }
    }
}
