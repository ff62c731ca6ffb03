package io.pingate.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class InvalidValueExceptionTest {
    @Test
    void rule_stands_alone_when_the_value_has_another_name_elsewhere() {
        InvalidValueException invalid = assertThrows(InvalidValueException.class, () -> RequestTarget.of("x"));

        assertEquals("request target: must start with '/'", invalid.getMessage());
        assertEquals("must start with '/'", invalid.rule());
    }
}
