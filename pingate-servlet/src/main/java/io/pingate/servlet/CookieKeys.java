package io.pingate.servlet;

import io.pingate.KeyRing;
import io.pingate.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys that sign and verify cookies. */
final class CookieKeys {
    private static final int GUESSABLE_BYTES = 16;

    private final Optional<String> secret;
    private final SigningKey[] previous;
    private final StateFolder state;

    CookieKeys(SettingsReader settings, StateFolder state) {
        this.secret = settings.secret(Setting.SECRET, Setting.SECRET_FILE, Function.identity());
        this.previous = settings.optional(Setting.SECRET_PREVIOUS, Values::list)
                .map(keys -> keys.stream().map(SigningKey::of).toArray(SigningKey[]::new))
                .orElseGet(() -> new SigningKey[0]);
        this.state = state;
    }

    /** Called once all settings have been found good: only then may the state folder be written to. */
    KeyRing ring(SettingsReader settings, PinChoice pin) {
        if (secret.isPresent() && secret.get().getBytes(StandardCharsets.UTF_8).length < GUESSABLE_BYTES) {
            settings.warn("The key that signs cookies is short enough to be guessed from a cookie: let PINGATE_SECRET"
                    + " have " + GUESSABLE_BYTES + " bytes or more.");
        }
        SigningKey current =
                secret.map(SigningKey::of).orElseGet(() -> SigningKey.ofBytes(boundTo(pin, state.key(settings::warn))));
        return KeyRing.of(current).withPrevious(previous);
    }

    /**
     * Gates of one user share a state folder. Without this, a cookie from one of them would open another that has
     * another PIN. It also signs everybody out when the PIN changes.
     */
    private static byte[] boundTo(PinChoice pin, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(("pingate-pin:" + pin.text()).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
