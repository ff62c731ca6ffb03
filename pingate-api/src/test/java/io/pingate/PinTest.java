package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinTest {
    private static final String HASH =
            "pbkdf2-sha256:100000:OXO3IPXNqiuEjMJvOv1Xyw:" + "n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4";

    @ParameterizedTest
    @ValueSource(strings = {"1234", " 1234", "1234\r\n", "\t1234 "})
    void matches_when_blanks_are_around(String typed) {
        assertTrue(Pin.of("1234").matches(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "123", "12345", "1235", "0234", "12 35", "1 2 3", "１２３４", "12_34", "12.34", "-", " - "})
    void does_not_match_anything_else(String typed) {
        assertFalse(Pin.of("1234").matches(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"12 34", "12-34", "1 2 - 3-4", "12\u00A034", "12\u202F34", "12\u201334", "12\u22123\t4", "--1234"
            })
    void matches_when_spaces_and_hyphens_are_between_digits(String typed) {
        assertTrue(Pin.of("1234").matches(typed));
    }

    @Test
    void takes_a_pin_of_other_characters_and_a_hash_as_they_are() {
        assertTrue(Pin.of("12-34").matches("12-34"));
        assertFalse(Pin.of("12-34").matches("1234"));
        assertFalse(Pin.of("12a4").matches("12 a4"));
        assertFalse(Pin.ofHash(Pin.hash("1234")).matches("12 34"));
    }

    @Test
    void matches_text_of_any_script() {
        assertTrue(Pin.of(" schlüssel-鍵 ").matches("schlüssel-鍵"));
    }

    @Test
    void takes_up_to_128_characters() {
        assertTrue(Pin.of("x".repeat(128)).matches("x".repeat(128)));
        assertFalse(Pin.of("x").matches("x".repeat(129)));
        assertTrue(Pin.of("1").matches("-".repeat(127) + "1"));
        assertFalse(Pin.of("1").matches("-".repeat(128) + "1"));
    }

    @Test
    void refuses_a_pin_that_is_blank_or_too_long() {
        for (String pin : List.of("", "  ", "x".repeat(129))) {
            assertEquals(
                    "pin: must have 1 to 128 characters",
                    assertThrows(IllegalArgumentException.class, () -> Pin.of(pin))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> Pin.hash(pin));
        }
    }

    @Test
    void tells_whether_a_keypad_will_do() {
        assertTrue(Pin.of("0987654321").isDigits());
        assertFalse(Pin.of("12a4").isDigits());
        assertFalse(Pin.of("12/4").isDigits());
        assertFalse(Pin.of("12:4").isDigits());
        assertFalse(Pin.of("１２３４").isDigits());
        assertFalse(Pin.ofHash(HASH).isDigits());
    }

    @Test
    void never_shows_the_pin() {
        assertEquals("Pin[redacted]", Pin.of("1234").toString());
        assertEquals("Pin[redacted]", Pin.ofHash(HASH).toString());
    }
}
