package io.pingate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.OptionalInt;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The PIN, in the clear or as a hash of it. Compared in constant time, after surrounding white space was dropped, and
 * never shown.
 */
public final class Pin {
    /** OWASP's Password Storage Cheat Sheet for PBKDF2-HMAC-SHA256. */
    private static final int ITERATIONS = 600_000;

    private static final int MIN_ITERATIONS = 100_000;
    /** Above, each try costs seconds of CPU: a denial of service by one's own setting. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String SCHEME = "pbkdf2-sha256";
    private static final int MAX_LENGTH = 256;

    private final int iterations;
    private final byte[] salt;
    private final byte[] expected;
    private final @Nullable String clear;

    private Pin(int iterations, byte[] salt, byte[] expected, @Nullable String clear) {
        this.iterations = iterations;
        this.salt = salt;
        this.expected = expected;
        this.clear = clear;
    }

    /**
     * Takes a PIN in the clear.
     *
     * @param pin digits or any other text
     * @return the PIN
     * @throws IllegalArgumentException when it is blank or longer than 256 characters
     */
    public static Pin of(String pin) {
        String clear = requireUsable(pin);
        return new Pin(0, new byte[0], digest(clear), clear);
    }

    /**
     * Takes a PIN by its hash.
     *
     * @param hash what {@link #hash} made
     * @return the PIN
     * @throws IllegalArgumentException when it isn't such a hash, or its iterations aren't 100,000 to 10,000,000
     */
    public static Pin ofHash(String hash) {
        String[] parts = hash.strip().split(":", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("pin hash: must be " + SCHEME + ":<iterations>:<salt>:<hash>");
        }
        int iterations = parts[1].matches("[1-9][0-9]{0,8}") ? Integer.parseInt(parts[1]) : 0;
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "pin hash: the iterations must be " + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
        }
        return new Pin(iterations, decode("salt", parts[2], SALT_BYTES), decode("hash", parts[3], HASH_BYTES), null);
    }

    /**
     * Hashes a PIN with a new salt, so that the PIN itself needn't stand in a configuration.
     *
     * @param pin the PIN in the clear
     * @return {@code pbkdf2-sha256:<iterations>:<salt>:<hash>}, salt and hash in base64url without padding (RFC 4648
     *     section 5)
     * @throws IllegalArgumentException when it is blank or longer than 256 characters
     */
    public static String hash(String pin) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        byte[] hash = derive(requireUsable(pin), salt, ITERATIONS);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        // Colons, since a compose file would expand a '$'.
        return SCHEME + ":" + ITERATIONS + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    }

    /**
     * Compares a try with the PIN in constant time.
     *
     * @param attempt what was typed
     * @return true when it is the PIN
     */
    public boolean matches(String attempt) {
        String typed = attempt.strip();
        if (typed.isEmpty() || typed.length() > MAX_LENGTH) {
            return false;
        }
        byte[] actual = iterations == 0 ? digest(typed) : derive(typed, salt, iterations);
        return MessageDigest.isEqual(expected, actual);
    }

    /** {@return whether the PIN is known to be ASCII digits only, so that a keypad is enough to type it} */
    public boolean isDigits() {
        return clear != null && clear.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** {@return how many characters the PIN has; empty when only its hash is known} */
    public OptionalInt length() {
        return clear == null ? OptionalInt.empty() : OptionalInt.of(clear.codePointCount(0, clear.length()));
    }

    /** {@return a name without the PIN} */
    @Override
    public String toString() {
        return "Pin[redacted]";
    }

    private static String requireUsable(String pin) {
        String clear = pin.strip();
        if (clear.isEmpty() || clear.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("pin: must have 1 to " + MAX_LENGTH + " characters");
        }
        return clear;
    }

    private static byte[] decode(String part, String base64, int bytes) {
        byte[] decoded;
        try {
            decoded = Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            decoded = new byte[0];
        }
        if (decoded.length != bytes) {
            throw new IllegalArgumentException("pin hash: the " + part + " must be " + bytes + " bytes in base64url");
        }
        return decoded;
    }

    /** Of equal length for PINs of any length, so that comparing doesn't tell the length either. */
    private static byte[] digest(String pin) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(pin.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
