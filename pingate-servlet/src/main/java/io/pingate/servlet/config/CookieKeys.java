package io.pingate.servlet.config;

import io.pingate.KeyRing;
import io.pingate.SigningKey;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The keys that sign and verify cookies. */
public final class CookieKeys {
    private static final int GUESSABLE_BYTES = 16;

    private final Optional<String> secret;
    private final SigningKey[] previous;
    private final OwnKey own;

    public CookieKeys(SettingsReader settings, OwnKey own) {
        this.secret = settings.secret(Setting.SECRET, Setting.SECRET_FILE, Function.identity());
        this.previous = Stream.concat(
                        settings.optional(Setting.SECRET_PREVIOUS, CookieKeys::previous).stream(),
                        settings.secretFile(Setting.SECRET_PREVIOUS_FILE, CookieKeys::allPrevious).stream()
                                .flatMap(List::stream))
                .toArray(SigningKey[]::new);
        this.own = own;
    }

    /** A new key may be short, since cookies of the original go on working; an old one has no such excuse. */
    private static SigningKey previous(String key) {
        if (isGuessable(key)) {
            throw new IllegalArgumentException("an old key must have " + GUESSABLE_BYTES
                    + " bytes or more, since a shorter one can be guessed from a cookie; leave it out");
        }
        return SigningKey.of(key);
    }

    private static List<SigningKey> allPrevious(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(CookieKeys::previous)
                .toList();
    }

    private static boolean isGuessable(String key) {
        return key.getBytes(StandardCharsets.UTF_8).length < GUESSABLE_BYTES;
    }

    /** Called once all settings have been found good: only then may the state folder be written to. */
    public KeyRing ring(SettingsReader settings, PinChoice pin) {
        if (secret.isPresent() && isGuessable(secret.get())) {
            settings.warn("The key that signs cookies is short enough to be guessed from a cookie: let PINGATE_SECRET"
                    + " have " + GUESSABLE_BYTES + " bytes or more.");
        }
        SigningKey current = secret.map(SigningKey::of).orElseGet(() -> boundTo(pin, own.bytes(settings::warn)));
        return KeyRing.of(current).withPrevious(previous);
    }

    /** Whether others who read the same settings have the same keys, and the next run. Known once there is a ring. */
    public boolean areKept() {
        return secret.isPresent() || own.isKept();
    }

    /**
     * Gates of one user share a state folder. Without this, a cookie from one of them would open another that has
     * another PIN. It also signs everybody out when the PIN changes.
     */
    private static SigningKey boundTo(PinChoice pin, byte[] key) {
        return SigningKey.ofBytes(key).boundTo("pingate-pin:" + pin.text());
    }
}
