package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorPassesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final KeyRing KEYS = KeyRing.of(SigningKey.of("secret"));

    private final DoctorPasses passes = new DoctorPasses(KEYS);
    private final String pass = passes.sign(NOW);

    @Test
    void pass_is_signed_by_a_key_of_its_own() {
        String signed = pass.substring(0, pass.lastIndexOf('.'));
        assertEquals("pgd1.MTc5MDAwMDkwMA", signed);
        String token = new PassCodec("pgd1.", "pingate-token", KEYS).encode("1790000900");
        assertFalse(isIn(token));
        assertFalse(new DoctorPasses(KeyRing.of(SigningKey.of("another"))).isIn(shown(pass), NOW));
        assertFalse(new DoctorPasses(KEYS.withEpoch(1)).isIn(shown(pass), NOW));
    }

    @Test
    void pass_is_good_for_a_quarter_of_an_hour() {
        assertTrue(passes.isIn(shown(pass), NOW));
        assertTrue(passes.isIn(shown(pass), NOW.plus(Duration.ofMinutes(15)).minusMillis(1)));
        assertFalse(passes.isIn(shown(pass), NOW.plus(Duration.ofMinutes(15))));
    }

    @Test
    void pass_of_a_clock_far_ahead_is_none() {
        String ahead = passes.sign(NOW.plus(TokenCodec.LEEWAY));
        assertTrue(isIn(ahead));
        assertFalse(isIn(passes.sign(NOW.plus(TokenCodec.LEEWAY).plusSeconds(1))));
    }

    @Test
    void pass_is_shown_once() {
        assertFalse(passes.isIn(HeaderFields.NONE, NOW));
        assertFalse(passes.isIn(shown(pass).and(shown(pass)), NOW));
        assertFalse(isIn(pass + "x"));
    }

    private boolean isIn(String text) {
        return passes.isIn(shown(text), NOW);
    }

    private static HeaderFields shown(String text) {
        return HeaderFields.of("X-Pingate-Doctor", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pin/doctor", "/pin/doctor?cache=1"})
    void gate_knows_a_probe_by_path_and_pass(String target) {
        PinGate gate = gate();
        assertTrue(gate.isProbe(request(target, shown(pass)), NOW));
        assertFalse(gate.isProbe(request(target, shown("pgd1.x")), NOW));
        assertFalse(gate.isProbe(request("/pin/doctors", shown(pass)), NOW));
    }

    @Test
    void path_without_a_pass_is_one_like_any_other() {
        Decision decision = gate().decide(request("/pin/doctor", HeaderFields.NONE), NOW);
        assertEquals(new Decision.Unauthorized("/pin/doctor"), decision);
    }

    @Test
    void form_of_another_host_is_told() {
        assertTrue(gate().isFromOwnPage(request("/pin/doctor", HeaderFields.of("Origin", "https://gate.test"))));
        assertFalse(gate().isFromOwnPage(request("/pin/doctor", HeaderFields.of("Origin", "https://other.test"))));
    }

    private static PinGate gate() {
        return PinGate.builder()
                .pin(Pin.of("4711"))
                .keys(KEYS)
                .limiter(new InMemoryAttemptLimiter(() -> 0))
                .publicPaths(List.of())
                .build();
    }

    private static GateRequest request(String target, HeaderFields headers) {
        return GateRequest.builder()
                .method("GET")
                .target(target)
                .headers(headers)
                .host("gate.test")
                .build();
    }
}
