package io.pingate.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens made without the gate's code, as the documentation says. */
final class Passes {
    private Passes() {}

    /** A token with an id of its own. */
    static String token(String id, Duration lifetime, String... paths) {
        long expiry = Instant.now().plus(lifetime).getEpochSecond();
        String payload =
                id + "\n" + expiry + "\nblack box" + (paths.length == 0 ? "" : "\n" + String.join("\n", paths));
        return signed("pgt1.", "pingate-token", payload);
    }

    static String token(Duration lifetime, String... paths) {
        return token("0123456789abcDE-", lifetime, paths);
    }

    static String good() {
        return token(Duration.ofDays(1));
    }

    static String signed(String prefix, String purpose, String payload) {
        String signed = prefix + base64(payload.getBytes(UTF_8));
        return signed + "." + base64(hmac(hmac(Stage.SECRET.getBytes(UTF_8), purpose), signed));
    }

    static String basic(String user, String password) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
