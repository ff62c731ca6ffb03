package io.pingate.fuzz;

import io.pingate.AttemptLimiter;
import io.pingate.AttemptSource;
import io.pingate.KeyRing;
import io.pingate.Pin;
import io.pingate.PinGate;
import io.pingate.SigningKey;
import java.time.Duration;
import java.util.Optional;

/** Gates in which anybody may try as often as he likes. */
final class Gates {
    static final String PIN = "246813";

    private Gates() {}

    static PinGate of(String key) {
        return PinGate.builder()
                .pin(Pin.of(PIN))
                .keys(KeyRing.of(SigningKey.of(key)))
                .limiter(new NoLimit())
                .build();
    }

    private static final class NoLimit implements AttemptLimiter {
        @Override
        public Optional<Duration> reserve(AttemptSource guesser) {
            return Optional.empty();
        }

        @Override
        public void giveBack(AttemptSource guesser) {}

        @Override
        public int triesLeft(AttemptSource guesser) {
            return 1;
        }
    }
}
