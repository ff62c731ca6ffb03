package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class RedactionTest {
    @Test
    void never_shows_a_cookie() {
        GateRequest request =
                Requests.of("GET", "/?token=hush", "Cookie", "pingate=hush").build();

        assertEquals("GateRequest[GET]", request.toString());
        assertEquals("Admit[signedIn=true]", new Decision.Admit(true, "pingate=hush").toString());
        assertEquals("Unlock[location=/a]", new Decision.Unlock("/a", "pingate=hush").toString());
    }

    @Test
    void never_shows_a_builder_or_gate() {
        PinGateBuilder builder = PinGate.builder()
                .pin(Pin.of("hush"))
                .keys(KeyRing.of(SigningKey.of("hush")))
                .limiter(new RecordingLimiter(0));

        assertFalse((builder + " " + builder.build()).contains("hush"));
    }
}
