package io.pingate.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Cookie values made without the gate's code: {@code printf %s EXPIRY | openssl dgst -sha256 -hmac SECRET}. */
final class Cookies {
    private Cookies() {}

    static String lasting(Duration lifetime) {
        return signed(String.valueOf(Instant.now().plus(lifetime).getEpochSecond()));
    }

    static String signed(String value) {
        return value + "." + hmac(value);
    }

    static String hmac(String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Stage.SECRET.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(value.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
