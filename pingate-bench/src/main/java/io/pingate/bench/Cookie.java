package io.pingate.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The cookie of somebody who is signed in, for all gates of a run: pingate verifies it, the peers compare it. */
final class Cookie {
    static final String KEY = "a key for a bench alone";
    static final String TOKEN = token();

    private Cookie() {}

    private static String token() {
        String expiry = Long.toString(System.currentTimeMillis() / 1000 + 24 * 3600);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(expiry.getBytes(StandardCharsets.US_ASCII));
            return expiry + "." + HexFormat.of().formatHex(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
