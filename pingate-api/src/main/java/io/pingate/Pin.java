package io.pingate;

import io.pingate.http.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The PIN, or a hash of it. White space around it doesn't count, neither here nor in what is typed; where the PIN is known
 * to be digits only, spaces and hyphens between them don't either. Never shown.
 */
public final class Pin {
    /** Encoded as a form field it leaves room for the return path in {@link PinGate#MAX_FORM_BYTES}. */
    private static final int MAX_LENGTH = 128;

    /** Spaces and hyphens of any kind, as people and their devices put them between groups of digits. */
    private static final Pattern SEPARATORS = Pattern.compile("[\\p{Zs}\\t\\p{Pd}\\u2212]+");

    private final Function<String, byte[]> digest;
    private final byte[] expected;
    private final boolean digits;
    private final OptionalDouble space;

    private Pin(Function<String, byte[]> digest, byte[] expected, boolean digits, OptionalDouble space) {
        this.digest = digest;
        this.expected = expected;
        this.digits = digits;
        this.space = space;
    }

    /**
     * Takes a PIN in the clear.
     *
     * @param pin digits or any other text
     * @return the PIN
     * @throws IllegalArgumentException when it is blank or longer than 128 characters
     */
    public static Pin of(String pin) {
        String clear = requireUsable(pin);
        boolean digits = clear.chars().allMatch(c -> c >= '0' && c <= '9');
        // Of equal length for all PINs, so that comparing doesn't tell the length either.
        return new Pin(Pin::sha256, sha256(clear), digits, OptionalDouble.of(PinStrength.space(clear)));
    }

    /**
     * Takes a PIN by its hash.
     *
     * @param hash what {@link #hash} made
     * @return the PIN
     * @throws IllegalArgumentException when it isn't such a hash, or its iterations aren't 100,000 to 10,000,000
     */
    public static Pin ofHash(String hash) {
        PinHash parsed = PinHash.of(hash.strip());
        return new Pin(parsed::digest, parsed.hash(), false, OptionalDouble.empty());
    }

    /**
     * Hashes a PIN with a new salt, so that the PIN itself needn't stand in a configuration.
     *
     * @param pin the PIN in the clear
     * @return {@code pbkdf2-sha256:<iterations>:<salt>:<hash>}, salt and hash in base64url without padding (RFC 4648
     *     section 5)
     * @throws IllegalArgumentException when it is blank or longer than 128 characters
     */
    public static String hash(String pin) {
        byte[] salt = new byte[PinHash.SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return PinHash.make(requireUsable(pin), salt).format();
    }

    /**
     * Compares in constant time. With a hash this takes a good part of a second of CPU: see {@link PinGateBuilder#pinCheck}.
     *
     * @param typed what was typed
     * @return true when it is the PIN
     */
    public boolean matches(String typed) {
        String stripped = typed.strip();
        // One comparison for both spellings: a PIN of digits has no other without spaces and hyphens, so nothing is
        // tried twice.
        String attempt = digits ? SEPARATORS.matcher(stripped).replaceAll("") : stripped;
        return !attempt.isEmpty()
                && stripped.length() <= MAX_LENGTH
                && MessageDigest.isEqual(expected, digest.apply(attempt));
    }

    /** {@return whether the PIN is known to be ASCII digits only, so that a keypad is enough to type it} */
    public boolean isDigits() {
        return digits;
    }

    /** How many PINs of its length and kind there are; empty when only its hash is known. */
    OptionalDouble space() {
        return space;
    }

    /** {@return a name without the PIN} */
    @Override
    public String toString() {
        return "Pin[redacted]";
    }

    private static String requireUsable(String pin) {
        String clear = pin.strip();
        if (clear.isEmpty() || clear.length() > MAX_LENGTH) {
            throw new InvalidValueException("pin", "must have 1 to " + MAX_LENGTH + " characters");
        }
        return clear;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
