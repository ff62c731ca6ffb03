package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinStrengthTest {
    @Test
    void reckons_with_the_burst_and_the_hourly_budget() {
        PinStrength strength = PinStrength.of(Pin.of("4711"), 30, 60);

        assertEquals(1440, strength.guessesADay());
        assertEquals((5000 - 30) / 1440.0, strength.daysToHalf().orElseThrow(), 1e-9);
    }

    @Test
    void lasts_no_day_when_the_burst_is_enough() {
        assertEquals(OptionalDouble.of(0), PinStrength.of(Pin.of("7"), 30, 60).daysToHalf());
    }

    @Test
    void does_not_know_how_long_when_there_is_only_a_hash() {
        Pin hashed = Pin.ofHash(Vectors.read("pin-hash-vectors.txt").get(0).get(1));

        assertEquals(new PinStrength(1440, OptionalDouble.empty()), PinStrength.of(hashed, 30, 60));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10",
        "9, 10",
        "a, 26",
        "z, 26",
        "A, 26",
        "Z, 26",
        "' ', 33",
        "/, 33",
        ":, 33",
        "@, 33",
        "[, 33",
        "`, 33",
        "{, 33",
        "~, 33",
        "é, 100",
        "😀, 100",
        "12, 100",
        "aZ, 2704",
        "a1, 1296",
        "a-, 3481",
        "é9, 12100"
    })
    void counts_the_pins_of_the_same_length_and_kinds(String pin, double count) {
        assertEquals(count, PinStrength.space(pin));
    }
}
