package io.pingate;

import io.pingate.http.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signed text for one purpose: {@code prefix.payload.mac}, payload and MAC in base64url without padding (RFC 4648 section
 * 5). The MAC is the HMAC-SHA256 of all before it, under a key that is derived for the purpose alone: a cookie is no token,
 * and a token no link.
 */
final class PassCodec {
    static final int MAX_CHARS = 1024;

    /** 32 bytes. */
    private static final int MAC_CHARS = 43;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String prefix;
    private final String purpose;
    private final KeyRing keys;

    /** Made for the first pass, since most gates see none. */
    private volatile @Nullable List<SigningKey> verifying;

    private volatile @Nullable List<SigningKey> lapsed;

    /** The prefix ends with a dot. */
    PassCodec(String prefix, String purpose, KeyRing keys) {
        this.prefix = prefix;
        this.purpose = purpose;
        this.keys = keys;
    }

    /** What a text turned out to be. */
    sealed interface Result {
        /** Signed by a key of the ring. */
        record Authentic(String payload) implements Result {}

        /** Signed by a key of the ring, before everybody was signed out. */
        record Lapsed() implements Result {}

        /** Anything else. */
        record Forged() implements Result {}
    }

    /** @throws IllegalArgumentException when it would be too long to be read again */
    String encode(String payload) {
        String signed = prefix + ENCODER.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        String pass = signed + "." + mac(keys(), 0, signed);
        if (pass.length() > MAX_CHARS) {
            throw new InvalidValueException("pass", "is too long; name fewer paths, or shorter ones");
        }
        return pass;
    }

    /** Never throws, whatever the text. The payload is looked at only when it is known to be our own. */
    Result decode(String text) {
        int dot = text.length() - MAC_CHARS - 1;
        if (text.length() > MAX_CHARS || dot < prefix.length() || text.charAt(dot) != '.' || !text.startsWith(prefix)) {
            return new Result.Forged();
        }
        String signed = text.substring(0, dot);
        byte[] mac = text.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (isSigned(keys(), signed, mac)) {
            // What is signed here was encoded here.
            byte[] payload = Base64.getUrlDecoder().decode(signed.substring(prefix.length()));
            return new Result.Authentic(new String(payload, StandardCharsets.UTF_8));
        }
        return isSigned(lapsedKeys(), signed, mac) ? new Result.Lapsed() : new Result.Forged();
    }

    /** Compares the texts, so that there is one spelling of each MAC. */
    private static boolean isSigned(List<SigningKey> keys, String signed, byte[] mac) {
        for (int i = 0; i < keys.size(); i++) {
            if (MessageDigest.isEqual(mac(keys, i, signed).getBytes(StandardCharsets.US_ASCII), mac)) {
                return true;
            }
        }
        return false;
    }

    private static String mac(List<SigningKey> keys, int key, String signed) {
        return ENCODER.encodeToString(keys.get(key).sign(signed));
    }

    private List<SigningKey> keys() {
        List<SigningKey> made = verifying;
        if (made == null) {
            made = keys.boundTo(purpose);
            verifying = made;
        }
        return made;
    }

    private List<SigningKey> lapsedKeys() {
        List<SigningKey> made = lapsed;
        if (made == null) {
            made = keys.lapsedBoundTo(purpose);
            lapsed = made;
        }
        return made;
    }
}
