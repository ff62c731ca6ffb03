package io.pingate.servlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateConfigTest {
    @ParameterizedTest
    @CsvSource({
        "/var/lib/x, /state, /var/lib/x",
        "/var/lib/x:/var/lib/y, , /var/lib/x",
        ", /state, /state/pingate",
        ", state, /home/me/.local/state/pingate",
        ", , /home/me/.local/state/pingate"
    })
    void folder_is_where_state_belongs(String service, String xdg, String expected) {
        Map<String, String> environment = new HashMap<>();
        environment.put("STATE_DIRECTORY", service);
        environment.put("XDG_STATE_HOME", xdg);
        assertEquals(Path.of(expected), StateConfig.standard(environment::get, Path.of("/home/me")));
    }
}
