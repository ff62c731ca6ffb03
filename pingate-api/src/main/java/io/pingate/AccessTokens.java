package io.pingate;

import io.pingate.http.InvalidValueException;
import java.time.Duration;
import java.time.Instant;

/** Signs and verifies the tokens of programs: {@code pgt1.payload.mac}, at most 1,024 characters. */
public final class AccessTokens {
    /** How each of them begins. */
    public static final String PREFIX = "pgt1.";

    private final PassCodec codec;

    /**
     * Makes tokens of a gate.
     *
     * @param keys the gate's keys, at its epoch
     */
    public AccessTokens(KeyRing keys) {
        this.codec = new PassCodec(PREFIX, "pingate-token", keys);
    }

    /**
     * Signs a token.
     *
     * @param token what it is to say
     * @param now the present time
     * @return the text that opens the gate
     * @throws IllegalArgumentException when it would be too long, or doesn't end within ten years from now
     */
    public String sign(AccessToken token, Instant now) {
        if (!isInTime(token, now, Duration.ZERO)) {
            throw new InvalidValueException(
                    "expiry", "must be 1 second to " + TokenCodec.MAX_LIFETIME.toDays() + " days from now");
        }
        return codec.encode(token.format());
    }

    /** Never throws, whatever the text. */
    PassVerdict<AccessToken> verify(String text, Instant now) {
        return PassVerdict.of(
                codec.decode(text), "token", AccessToken::parse, token -> isInTime(token, now, TokenCodec.LEEWAY));
    }

    private static boolean isInTime(AccessToken token, Instant now, Duration leeway) {
        Instant latest = now.plus(TokenCodec.MAX_LIFETIME).plus(leeway);
        return now.isBefore(token.expiresAt()) && !token.expiresAt().isAfter(latest);
    }
}
