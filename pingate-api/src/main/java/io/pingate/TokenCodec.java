package io.pingate;

import io.pingate.http.InvalidValueException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Tokens as text: {@code value.sig}, where value is the expiry in unix seconds and sig the lower-case hex of
 * HMAC-SHA256(key, value). Anybody who has the key can make one: {@code printf %s TS | openssl dgst -sha256 -hmac KEY}.
 */
final class TokenCodec {
    private static final int SIGNATURE_CHARS = 64;
    private static final HexFormat HEX = HexFormat.of();
    static final Duration MAX_LIFETIME = Duration.ofDays(3650);
    /** For clocks that disagree, and for tokens of a lifetime that was a little longer. */
    static final Duration LEEWAY = Duration.ofDays(1);

    private static final TokenResult MALFORMED = new TokenResult.Malformed();
    private static final TokenResult BAD_SIGNATURE = new TokenResult.BadSignature();

    private final KeyRing keys;
    private final Duration lifetime;

    /** @throws IllegalArgumentException when the lifetime isn't one second to ten years */
    TokenCodec(KeyRing keys, Duration lifetime) {
        if (lifetime.toSeconds() < 1 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new InvalidValueException(
                    "session lifetime", "must be 1 second to " + MAX_LIFETIME.toDays() + " days");
        }
        this.keys = keys;
        this.lifetime = lifetime;
    }

    /** A token for a sign-in of now. */
    GateToken issue(Instant now) {
        return new GateToken(now.plusSeconds(lifetime.toSeconds()));
    }

    String encode(GateToken token) {
        String value = Long.toString(token.expiresAt().getEpochSecond());
        return value + "." + HEX.formatHex(keys.signing().sign(value));
    }

    /** Never throws, whatever the text. Looks at the time last, so that only a holder of a key learns about it. */
    TokenResult decode(String text, Instant now) {
        int dot = text.length() - SIGNATURE_CHARS - 1;
        if (!UnixSeconds.begin(text, dot) || text.charAt(dot) != '.' || !isLowerHex(text, dot + 1)) {
            return MALFORMED;
        }
        String value = text.substring(0, dot);
        if (!isSigned(value, HEX.parseHex(text, dot + 1, text.length()))) {
            return BAD_SIGNATURE;
        }
        GateToken token = new GateToken(Instant.ofEpochSecond(Long.parseLong(value)));
        return isInTime(token, now) ? new TokenResult.Valid(token) : new TokenResult.Expired(token);
    }

    private boolean isInTime(GateToken token, Instant now) {
        Instant latest = issue(now).expiresAt().plus(LEEWAY);
        return now.isBefore(token.expiresAt()) && !token.expiresAt().isAfter(latest);
    }

    private boolean isSigned(String value, byte[] signature) {
        for (SigningKey key : keys.verifying()) {
            if (MessageDigest.isEqual(key.sign(value), signature)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLowerHex(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!UnixSeconds.isDigit(c) && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
