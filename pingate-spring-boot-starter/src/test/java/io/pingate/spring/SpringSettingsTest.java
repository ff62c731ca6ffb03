package io.pingate.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class SpringSettingsTest {
    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void settings_are_what_the_yaml_says() throws IOException {
        yaml();
        assertEquals(Optional.of("0123456"), read(Setting.PIN));
        assertEquals(Optional.of("7"), read(Setting.SESSION_DAYS));
        assertEquals(Optional.of("http://127.0.0.1:8888"), read(Setting.UPSTREAM));
        assertEquals(Optional.of("30s"), read(Setting.UPSTREAM_TIMEOUT));
        assertEquals(Optional.of("/health,/hooks/*"), read(Setting.PUBLIC_PATHS));
        assertEquals(Optional.of("Notes"), read(Setting.TITLE));
        assertEquals(Optional.empty(), read(Setting.SECRET));
    }

    @Test
    void first_place_wins_however_it_spells_a_name() throws IOException {
        yaml();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME + "-of-the-test",
                        Map.of(
                                "PINGATE_UPSTREAM_TIMEOUT",
                                "1m",
                                "LITELLM_MASTER_KEY",
                                "a key",
                                "PINGATE_PROXY_X",
                                "y")));
        assertEquals(Optional.of("1m"), read(Setting.UPSTREAM_TIMEOUT));
        assertEquals(Optional.of("a key"), read(Setting.LITELLM_MASTER_KEY));
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource("first", Map.of("pingate.upstream.timeout", "2m", "pingate.pin", 4711)));
        assertEquals(Optional.of("2m"), read(Setting.UPSTREAM_TIMEOUT));
        assertEquals(Optional.of("4711"), read(Setting.PIN));
    }

    @Test
    void name_that_is_no_setting_is_told() throws IOException {
        yaml();
        assertEquals(
                List.of("Something is set for nothing: no setting is called pingate.wellcome; pingate.welcome is one."),
                new SettingsReader(List.of(SpringSettings.of(environment))).warnings());
    }

    @Test
    void every_setting_has_a_name_that_spring_takes() {
        for (Setting setting : Setting.values()) {
            assertTrue(PropertyName.spellings(setting).stream().allMatch(name -> name.getNumberOfElements() > 1));
        }
        assertEquals("pingate.upstream-timeout", PropertyName.of(Setting.UPSTREAM_TIMEOUT));
        assertEquals("litellm.master-key-file", PropertyName.of(Setting.LITELLM_MASTER_KEY_FILE));
        assertEquals(
                "pingate.pin: pingate.pin and pingate.pin-file are given at once",
                PropertyName.inFault("PINGATE_PIN (pingate.pin): PINGATE_PIN and PINGATE_PIN_FILE are given at once"));
    }

    private void yaml() throws IOException {
        new YamlPropertySourceLoader()
                .load("yaml", new ClassPathResource("written.yml"))
                .forEach(environment.getPropertySources()::addLast);
    }

    private Optional<String> read(Setting setting) {
        return new SettingsReader(List.of(SpringSettings.of(environment))).optional(setting, Function.identity());
    }
}
