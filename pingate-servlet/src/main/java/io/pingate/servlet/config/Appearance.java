package io.pingate.servlet.config;

import io.pingate.servlet.page.Facts;
import io.pingate.servlet.page.Logo;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;

/** What the gate's own pages say and show of the program behind it. */
public final class Appearance {
    private Appearance() {}

    public static Facts read(SettingsReader settings) {
        return new Facts(
                settings.optional(Setting.TITLE, Facts::title).orElse(""),
                settings.optional(Setting.WELCOME, Facts::welcome).orElse(""),
                settings.file(Setting.LOGO, Logo.MAX_BYTES, file -> Logo.of(file.bytes()))
                        .orElse(""));
    }
}
