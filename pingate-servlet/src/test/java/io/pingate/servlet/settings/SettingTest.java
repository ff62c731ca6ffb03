package io.pingate.servlet.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {
    @ParameterizedTest
    @CsvSource({
        "PINGATE_UPSTREAM_TIMEOUT, pingate.upstream.timeout, upstreamTimeout, --upstream-timeout",
        "PINGATE_THEME_CSS_PATH, pingate.theme.css.path, themeCssPath, --theme-css-path",
        "PINGATE_PORT, pingate.port, port, --port",
        "LITELLM_INTERNAL, litellm.internal, litellmInternal, --litellm-internal"
    })
    void names_follow_from_the_environment_name(String environment, String property, String parameter, String flag) {
        Setting setting = Arrays.stream(Setting.values())
                .filter(s -> s.environmentName().equals(environment))
                .findFirst()
                .orElseThrow();
        assertEquals(property, setting.propertyName());
        assertEquals(parameter, setting.initParameter());
        assertEquals(flag, setting.flag());
    }

    @Test
    void names_are_unlike_in_every_spelling() {
        for (Function<Setting, String> spelling : java.util.List.<Function<Setting, String>>of(
                Setting::environmentName, Setting::propertyName, Setting::initParameter, Setting::flag)) {
            assertEquals(
                    Setting.values().length,
                    Arrays.stream(Setting.values()).map(spelling).distinct().count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void meaning_is_one_line(Setting setting) {
        assertFalse(setting.meaning().isBlank());
        assertFalse(setting.meaning().contains("\n") || setting.meaning().endsWith("."), setting.meaning());
        assertFalse(setting.meaning().contains("|"), "would break a table");
    }
}
