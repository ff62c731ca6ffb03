package io.pingate;

import io.pingate.http.HeaderFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Signs and verifies what whoever has the gate's key shows to be told how a request arrives here: {@code pgd1.payload.mac}. It
 * opens nothing else, and is over after a few minutes.
 */
public final class DoctorPasses {
    /** The field that carries a pass. */
    public static final String FIELD = "X-Pingate-Doctor";

    /** How long a pass is good for: as long as an examination takes. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private final PassCodec codec;

    /**
     * Makes passes of a gate.
     *
     * @param keys the gate's keys, at its epoch
     */
    public DoctorPasses(KeyRing keys) {
        this.codec = new PassCodec("pgd1.", "pingate-doctor", keys);
    }

    /**
     * Signs a pass.
     *
     * @param now the present time
     * @return its text, good for {@link #LIFETIME}
     */
    public String sign(Instant now) {
        return codec.encode(Long.toString(now.plus(LIFETIME).getEpochSecond()));
    }

    /** Never throws, whatever is in the fields. */
    boolean isIn(HeaderFields headers, Instant now) {
        List<String> shown = headers.all(FIELD);
        return shown.size() == 1
                && codec.decode(shown.get(0)) instanceof PassCodec.Result.Authentic pass
                && isInTime(pass.payload(), now);
    }

    /** Not for longer than any could be, lest one stays good that was made while the clock was wrong. */
    private static boolean isInTime(String payload, Instant now) {
        Instant end = Instant.ofEpochSecond(Long.parseLong(payload));
        return now.isBefore(end) && !end.isAfter(now.plus(LIFETIME).plus(TokenCodec.LEEWAY));
    }
}
