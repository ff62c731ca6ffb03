package io.pingate.http.syntax;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The hash by which a content security policy allows an inline style (CSP level 3, section 2.3.1). */
public final class CspHash {
    private final byte[] digest;

    private CspHash(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Hashes an element's text.
     *
     * @param text its bytes in UTF-8
     * @return the hash
     */
    public static CspHash of(byte[] text) {
        try {
            return new CspHash(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@return the source expression, quotes included} */
    public String source() {
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    /**
     * A short name for the text.
     *
     * @param bytes how many of the hash's bytes to show
     * @return two hex digits for each
     */
    public String hex(int bytes) {
        return HexFormat.of().formatHex(digest, 0, bytes);
    }
}
