package io.pingate;

import io.pingate.http.InvalidValueException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** What tells a pass from all others, and until when it is one: the two things that a token and a link have in common. */
final class PassId {
    private static final int BYTES = 12;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16}");

    private PassId() {}

    /** A random one, which never was. */
    static String fresh() {
        byte[] id = new byte[BYTES];
        new SecureRandom().nextBytes(id);
        return Base64.getUrlEncoder().encodeToString(id);
    }

    /** @throws IllegalArgumentException naming what breaks which rule */
    static void require(String id, Instant expiresAt) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidValueException("id", "must be 16 letters, digits, '-' or '_'");
        }
        if (expiresAt.getNano() != 0 || expiresAt.getEpochSecond() < 0) {
            throw new InvalidValueException("expiry", "must be a whole second");
        }
    }

    /** Reads an expiry as a pass has it; empty when it is none. */
    static Optional<Instant> expiry(String text) {
        return UnixSeconds.begin(text, text.length())
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
                : Optional.empty();
    }
}
