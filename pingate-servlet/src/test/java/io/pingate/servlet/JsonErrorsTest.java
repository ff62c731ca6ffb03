package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.proxy.ErrorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, bad_request",
        "401, authentication_error, sign_in_required",
        "403, permission_error, forbidden",
        "431, invalid_request_error, bad_request",
        "500, server_error, internal_error",
        "502, server_error, bad_gateway",
        "504, server_error, gateway_timeout",
    })
    void error_is_as_openai_has_it_when_its_clients_read_it(int status, String type, String code) {
        assertEquals(
                "{\"error\":{\"message\":\"So \\\"it\\\" is.\",\"type\":\"" + type + "\",\"code\":\"" + code + "\"}}",
                JsonErrors.of(ErrorShape.OPENAI, status, "So \"it\" is."));
    }

    @Test
    void way_to_sign_in_is_at_the_same_place_in_every_shape() {
        assertEquals(
                "{\"error\":\"sign-in required\",\"sign_in\":\"/pin\"}",
                JsonErrors.signInRequired(ErrorShape.PLAIN, "/pin"));
        assertEquals(
                "{\"error\":{\"message\":\"Sign-in required: open /pin in a browser and type the PIN.\","
                        + "\"type\":\"authentication_error\",\"code\":\"sign_in_required\"},\"sign_in\":\"/pin\"}",
                JsonErrors.signInRequired(ErrorShape.OPENAI, "/pin"));
    }
}
