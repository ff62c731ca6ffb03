package io.pingate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs cookies by HMAC-SHA256 (RFC 2104). Never shown. */
public final class SigningKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] bytes;
    /** Setting up a Mac costs more than using one: one for each thread, ready to use. */
    private final ThreadLocal<Mac> macs;

    private SigningKey(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("key: must not be empty");
        }
        this.bytes = bytes;
        this.macs = ThreadLocal.withInitial(() -> newMac(new SecretKeySpec(bytes, ALGORITHM)));
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

    byte[] sign(String text) {
        return macs.get().doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Epoch 0 is the plain key, so that a cookie made by anybody who knows the secret goes on working. */
    SigningKey atEpoch(long epoch) {
        return epoch == 0 ? this : new SigningKey(sign("pingate-epoch:" + epoch));
    }

    /** {@return a name without the key} */
    @Override
    public String toString() {
        return "SigningKey[redacted]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey key && java.security.MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    private static Mac newMac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
