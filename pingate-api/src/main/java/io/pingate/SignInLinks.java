package io.pingate;

import io.pingate.http.InvalidValueException;
import java.time.Duration;
import java.time.Instant;

/** Signs and verifies links that sign in: {@code pgl1.payload.mac}, at most 1,024 characters. */
public final class SignInLinks {
    /** How each of them begins. */
    public static final String PREFIX = "pgl1.";

    private final PassCodec codec;

    /**
     * Makes links of a gate.
     *
     * @param keys the gate's keys, at its epoch
     */
    public SignInLinks(KeyRing keys) {
        this.codec = new PassCodec(PREFIX, "pingate-link", keys);
    }

    /**
     * Signs a link.
     *
     * @param link what it is to say
     * @param now the present time
     * @param longest how long it may be good for, at most
     * @return the text, which stands in an address behind the gate's path and {@code /link/}
     * @throws IllegalArgumentException when it would be too long, or doesn't end within that time from now
     */
    public String sign(SignInLink link, Instant now, Duration longest) {
        if (!now.isBefore(link.expiresAt()) || link.expiresAt().isAfter(now.plus(longest))) {
            throw new InvalidValueException(
                    "expiry", "must be 1 second to " + longest.toSeconds() + " seconds from now");
        }
        return codec.encode(link.format());
    }

    /** Never throws, whatever the text. */
    PassVerdict<SignInLink> verify(String text, Instant now) {
        return PassVerdict.of(codec.decode(text), "link", SignInLink::parse, link -> now.isBefore(link.expiresAt()));
    }
}
