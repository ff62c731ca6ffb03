package io.pingate;

import io.pingate.http.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that signs cookies by HMAC-SHA256 (RFC 2104). Never shown. Any length but none is taken; whoever guesses the key
 * makes cookies, so let it be 32 random bytes (RFC 2104 section 3).
 */
public final class SigningKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] bytes;
    /** Never fed: a clone of it is ready to use for a twentieth of what setting up a Mac costs. */
    private final Mac prototype;

    private SigningKey(byte[] bytes) {
        if (bytes.length == 0) {
            throw new InvalidValueException("key", "must not be empty");
        }
        this.bytes = bytes;
        this.prototype = newMac(bytes);
    }

    /**
     * Takes a key as text.
     *
     * @param secret the text, whose UTF-8 bytes are the key
     * @return the key
     * @throws IllegalArgumentException when it is empty
     */
    public static SigningKey of(String secret) {
        return new SigningKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes a key as bytes.
     *
     * @param bytes the key
     * @return the key
     * @throws IllegalArgumentException when it is empty
     */
    public static SigningKey ofBytes(byte[] bytes) {
        return new SigningKey(bytes.clone());
    }

    /**
     * Derives a key that is bound to a text, as a PIN's: who knows the text alone learns nothing of it.
     *
     * @param text what the key is for, with a prefix of its own for each kind of purpose
     * @return the HMAC-SHA256 of the text's UTF-8 bytes under this key
     */
    public SigningKey boundTo(String text) {
        return new SigningKey(sign(text));
    }

    byte[] sign(String text) {
        return mac().doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Not equals: a key is nothing to look up by. */
    boolean isSameAs(SigningKey other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    /** Epoch 0 is the plain key, so that cookies made with nothing but the secret go on working. */
    SigningKey atEpoch(long epoch) {
        return epoch == 0 ? this : boundTo("pingate-epoch:" + epoch);
    }

    /** {@return a name without the key} */
    @Override
    public String toString() {
        return "SigningKey[redacted]";
    }

    private Mac mac() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException hardwareProvider) {
            return newMac(bytes);
        }
    }

    private static Mac newMac(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
