package io.pingate;

import io.pingate.http.InvalidValueException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A PBKDF2-HMAC-SHA256 hash (RFC 8018 section 5.2) as {@code pbkdf2-sha256:<iterations>:<salt>:<hash>}. */
final class PinHash {
    /** What OWASP's Password Storage Cheat Sheet asks for. */
    static final int ITERATIONS = 600_000;

    static final int SALT_BYTES = 16;

    private static final int MIN_ITERATIONS = 100_000;
    /** With more, every try would cost seconds of CPU: a denial of service by one's own setting. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private static final int HASH_BYTES = 32;
    private static final String SCHEME = "pbkdf2-sha256";

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PinHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static PinHash make(String pin, byte[] salt) {
        return new PinHash(ITERATIONS, salt, derive(pin, salt, ITERATIONS));
    }

    static PinHash of(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new InvalidValueException("pin hash", "must be " + SCHEME + ":<iterations>:<salt>:<hash>");
        }
        int iterations = parts[1].matches("[1-9][0-9]{5,7}") ? Integer.parseInt(parts[1]) : 0;
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new InvalidValueException(
                    "pin hash", "the iterations must be " + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
        }
        return new PinHash(iterations, decode("salt", parts[2], SALT_BYTES), decode("hash", parts[3], HASH_BYTES));
    }

    byte[] hash() {
        return hash;
    }

    byte[] digest(String pin) {
        return derive(pin, salt, iterations);
    }

    /** Colons between, since a compose file would expand a '$'. */
    String format() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return SCHEME + ":" + iterations + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    }

    private static byte[] decode(String part, String base64, int bytes) {
        byte[] decoded;
        try {
            decoded = Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            decoded = new byte[0];
        }
        if (decoded.length != bytes) {
            throw new InvalidValueException("pin hash", "the " + part + " must be " + bytes + " bytes in base64url");
        }
        return decoded;
    }

    private static byte[] derive(String pin, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(pin.toCharArray(), salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
