package io.pingate.examples.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.Decision;
import io.pingate.GateRequest;
import io.pingate.InMemoryAttemptLimiter;
import io.pingate.KeyRing;
import io.pingate.Pin;
import io.pingate.PinGate;
import io.pingate.SigningKey;
import io.pingate.http.HeaderFields;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The core by itself, as the documentation shows it. */
class EmbeddedCoreTest {
    @Test
    void stranger_is_led_to_the_form() {
        PinGate gate = PinGate.builder()
                .pin(Pin.of("73914625"))
                .keys(KeyRing.of(SigningKey.of("at least 32 random characters")))
                .limiter(new InMemoryAttemptLimiter(System::nanoTime))
                .build();
        GateRequest request = GateRequest.builder()
                .method("GET")
                .target("/notes?id=7")
                .client("192.0.2.7")
                .headers(HeaderFields.of("Host", "localhost:8080", "Accept", "text/html"))
                .build();
        Decision decision = gate.decide(request, Instant.now());
        assert decision.equals(new Decision.SignIn("/pin?next=/notes%3Fid%3D7")); // answer 303 with this Location
        assertEquals(new Decision.SignIn("/pin?next=/notes%3Fid%3D7"), decision);
    }
}
