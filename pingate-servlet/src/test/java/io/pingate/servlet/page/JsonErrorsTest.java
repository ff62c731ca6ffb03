package io.pingate.servlet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.proxy.ErrorShape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonErrorsTest {
    private static final ErrorShape NESTED = new ErrorShape() {
        @Override
        public Map<String, Object> error(int status, String message) {
            return Map.of("error", Map.of("message", message));
        }

        @Override
        public Object signInRequired(String form) {
            return Map.of("message", "open " + form);
        }
    };

    @Test
    void error_has_the_shape_of_its_route() {
        assertEquals(
                "{\"error\":\"So \\\"it\\\" is.\",\"status\":502}",
                JsonErrors.of(ErrorShape.PLAIN, 502, "So \"it\" is."));
        assertEquals("{\"error\":{\"message\":\"So \\\"it\\\" is.\"}}", JsonErrors.of(NESTED, 502, "So \"it\" is."));
    }

    @Test
    void way_to_sign_in_is_at_the_same_place_in_every_shape() {
        assertEquals(
                "{\"error\":\"sign-in required\",\"sign_in\":\"/pin\"}",
                JsonErrors.signInRequired(ErrorShape.PLAIN, "/pin", null));
        assertEquals(
                "{\"error\":{\"message\":\"open /pin\"},\"sign_in\":\"/pin\"}",
                JsonErrors.signInRequired(NESTED, "/pin", null));
    }
}
