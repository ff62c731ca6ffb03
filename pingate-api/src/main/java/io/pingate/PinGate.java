package io.pingate;

import java.time.Duration;
import java.time.Instant;

/**
 * The gate's policy: one PIN in front of everything. Holds no state but its settings and is safe for use by many
 * threads; the caller passes the time, reads the form and writes the answer.
 */
public final class PinGate {
    /** The longest sign-in form that is read, in bytes. */
    public static final int MAX_FORM_BYTES = 4096;

    private final PinGatePaths paths;
    private final String cookieName;

    PinGate(PinGateBuilder settings) {
        this.paths = PinGatePaths.under(settings.gatePath);
        this.cookieName = settings.cookieName;
    }

    /** {@return a builder, in which PIN, keys and limiter are still to be set} */
    public static PinGateBuilder builder() {
        return new PinGateBuilder();
    }

    /**
     * Judges a request.
     *
     * @param request the request
     * @param now the present time
     * @return what to answer
     */
    public Decision decide(GateRequest request, Instant now) {
        return new Decision.Unauthorized();
    }

    /**
     * Judges a sign-in form, after {@link #decide} said {@link Decision.TryPin}.
     *
     * @param request the request
     * @param form its body, {@code application/x-www-form-urlencoded}, one char per byte
     * @param now the present time
     * @return what to answer
     */
    public Decision tryPin(GateRequest request, String form, Instant now) {
        return new Decision.Unauthorized();
    }

    /** {@return where the gate's own pages live} */
    public PinGatePaths paths() {
        return paths;
    }

    /** {@return the name of the session's cookie} */
    public String cookieName() {
        return cookieName;
    }

    /** {@return whether a keypad is enough to type the PIN} */
    public boolean pinIsDigits() {
        return false;
    }

    static final Duration DEFAULT_LIFETIME = Duration.ofDays(30);
}
