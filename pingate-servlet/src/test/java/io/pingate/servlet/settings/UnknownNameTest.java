package io.pingate.servlet.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownNameTest {
    @ParameterizedTest
    @CsvSource({
        "PINGATE_PINN, PINGATE_PIN",
        "PINGATE_PNI, PINGATE_PIN",
        "PINGATE_pin, PINGATE_PIN",
        "pingate_pin, PINGATE_PIN",
        "PINGATE_UPSTREAMTIMEOUT, PINGATE_UPSTREAM_TIMEOUT",
        "LITELLM_MASTERKEY, LITELLM_MASTER_KEY",
        "PINGATE_COLOUR, "
    })
    void nearest_setting_is_found(String name, String near) {
        assertEquals(List.of(new UnknownName(name, Optional.ofNullable(near))), among(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATH", "PINGATE_PIN", "LITELLM_MASTER_KEY", "LITELLM_LOG", "LITELLM_SALT_KEY", "PINGATE"})
    void settings_and_names_of_others_are_left_alone(String name) {
        assertEquals(List.of(), among(name));
    }

    @Test
    void links_of_kubernetes_and_docker_are_left_alone() {
        assertEquals(
                List.of(),
                among(
                        "PINGATE_PORT",
                        "PINGATE_SERVICE_HOST",
                        "PINGATE_SERVICE_PORT",
                        "PINGATE_SERVICE_PORT_HTTP",
                        "PINGATE_PORT_3060_TCP",
                        "PINGATE_PORT_3060_TCP_PROTO",
                        "PINGATE_PORT_3060_TCP_ADDR",
                        "PINGATE_WEB_SERVICE_HOST",
                        "PINGATE_WEB_PORT",
                        "LITELLM_SERVICE_HOST",
                        "LITELLM_PORT"));
        assertEquals(1, among("PINGATE_WEB_PORT").size());
        assertEquals(1, among("PINGATE_SERVICE_PORT").size());
    }

    private static List<UnknownName> among(String... names) {
        return UnknownName.among(List.of(names), Setting::environmentName);
    }
}
