package io.pingate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinHashTest {
    private static final String HASH =
            "pbkdf2-sha256:100000:OXO3IPXNqiuEjMJvOv1Xyw:" + "n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4";

    static Stream<List<String>> hashes() {
        return Vectors.read("pin-hash-vectors.txt").stream();
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void agrees_with_python(List<String> vector) {
        Pin pin = Pin.ofHash(vector.get(1));

        assertTrue(pin.matches(vector.get(0)));
        assertFalse(pin.matches(vector.get(0) + "5"));
    }

    @Test
    void matches_its_own_hash() {
        String hash = Pin.hash(" 2580 ");

        assertTrue(hash.matches("pbkdf2-sha256:600000:[A-Za-z0-9_-]{22}:[A-Za-z0-9_-]{43}"), hash);
        assertTrue(Pin.ofHash(hash + "\n").matches("2580"));
    }

    @Test
    void salts_each_hash_anew() {
        assertNotEquals(Pin.hash("2580"), Pin.hash("2580"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1234",
                "pbkdf2-sha256",
                "pbkdf2-sha512:100000:OXO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
                "pbkdf2-sha256:100000:OXO3IPXNqiuEjMJvOv1Xyw",
                "pbkdf2-sha256:100000:OXO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4:",
                "pbkdf2-sha256:99999:OXO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
                "pbkdf2-sha256:10000001:OXO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
                "pbkdf2-sha256:99999999999:OXO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
                "pbkdf2-sha256:+100000:OXO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
                "pbkdf2-sha256:0100000:OXO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
                "pbkdf2-sha256:１０００００:OXO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
                "pbkdf2-sha256:100000:OXO3IPXNqiuEjMJvOv1X:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
                "pbkdf2-sha256:100000:OXO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzC",
                "pbkdf2-sha256:100000::n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
                "pbkdf2-sha256:100000:$XO3IPXNqiuEjMJvOv1Xyw:n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4",
            })
    void refuses_what_is_not_a_hash(String hash) {
        var fault = assertThrows(IllegalArgumentException.class, () -> Pin.ofHash(hash));

        assertTrue(fault.getMessage().startsWith("pin hash: "), fault.getMessage());
        assertFalse(fault.getMessage().contains("n093en"), "shows the hash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000", "10000000"})
    void takes_iterations_at_the_bounds(String iterations) {
        Pin.ofHash(HASH.replace("100000", iterations));
    }
}
