package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The machine's clock is set while people are signed in: by a day, as after a wrong time zone or a flat battery. */
class ClockSetTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Duration DAY = Duration.ofDays(1);

    private final RecordingLimiter limiter = new RecordingLimiter(9);
    private final PinGate gate = PinGate.builder()
            .pin(Pin.of("1234"))
            .keys(KeyRing.of(SigningKey.of("a secret of this test")))
            .limiter(limiter)
            .renew(true)
            .build();

    @Test
    void nobody_is_signed_out_when_the_clock_goes_a_day_forth_and_back() {
        String cookie = signInAt(NOW);
        for (Instant now : List.of(NOW.plus(DAY), NOW, NOW.minus(DAY), NOW)) {
            assertInstanceOf(Decision.Admit.class, decide(cookie, now), now::toString);
        }
    }

    /** Without a renewal with each answer, too: the cookie has more time left than a new one would have. */
    @Test
    void cookie_holds_and_stays_when_it_was_made_while_the_clock_was_a_day_ahead() {
        assertEquals(
                Decision.Admit.by(new GateToken(NOW.plus(Duration.ofDays(31))), null),
                decide(signInAt(NOW.plus(DAY)), NOW));
    }

    @Test
    void cookie_is_renewed_once_when_the_clock_jumps_ahead() {
        String cookie = signInAt(NOW);
        Decision.Admit admit = assertInstanceOf(Decision.Admit.class, decide(cookie, NOW.plus(DAY)));
        String renewed = nameAndValue(String.valueOf(admit.setCookie()));
        for (Instant now : List.of(NOW.plus(DAY), NOW)) {
            assertEquals(
                    Decision.Admit.by(new GateToken(NOW.plus(Duration.ofDays(31))), null),
                    decide(renewed, now),
                    now::toString);
        }
    }

    /** Its holder signs in again, and on a budget of his own. */
    @Test
    void cookie_from_further_ahead_is_a_guesser_like_any_that_was_signed_in_once() {
        Instant ahead = NOW.plus(DAY).plusSeconds(1);
        String cookie = signInAt(ahead);
        assertInstanceOf(Decision.SignIn.class, decide(cookie, NOW));
        limiter.calls.clear();
        Decision again = gate.tryPin(Requests.form("Cookie", cookie).build(), "pin=1234", NOW);
        assertInstanceOf(Decision.Unlock.class, again);
        String holder = new AttemptSource.Holder(ahead.plus(Duration.ofDays(30))).toString();
        assertEquals(List.of("reserve " + holder, "giveBack " + holder), limiter.calls);
    }

    private String signInAt(Instant now) {
        Decision in = gate.tryPin(Requests.form().build(), "pin=1234", now);
        return nameAndValue(assertInstanceOf(Decision.Unlock.class, in).setCookie());
    }

    private static String nameAndValue(String setCookie) {
        return setCookie.split(";", 2)[0];
    }

    private Decision decide(String cookie, Instant now) {
        return gate.decide(Requests.page("/").with("Cookie", cookie).build(), now);
    }
}
