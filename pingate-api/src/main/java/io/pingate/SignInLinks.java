package io.pingate;

import io.pingate.http.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signs and verifies links that sign in: {@code pgl1.payload.mac}, at most 1,024 characters. */
public final class SignInLinks {
    /** How each of them begins. */
    public static final String PREFIX = "pgl1.";

    private final PassCodec codec;

    /**
     * Makes links of a gate.
     *
     * @param keys the gate's keys, at its epoch
     */
    public SignInLinks(KeyRing keys) {
        this.codec = new PassCodec(PREFIX, "pingate-link", keys);
    }

    /** What a text turned out to be. */
    sealed interface Verdict {
        /** Signed by us, and in its time. */
        record Valid(SignInLink link) implements Verdict {}

        /** Signed by us, and of no use any more; the reason is a sentence for whoever opens it. */
        record Over(String reason) implements Verdict {}

        /** Not signed by us. */
        record Forged() implements Verdict {}
    }

    /**
     * Signs a link.
     *
     * @param link what it is to say
     * @param now the present time
     * @param longest how long it may be good for, at most
     * @return the text, which stands in an address behind the gate's path and {@code /link/}
     * @throws IllegalArgumentException when it would be too long, or doesn't end within that time from now
     */
    public String sign(SignInLink link, Instant now, Duration longest) {
        if (!now.isBefore(link.expiresAt()) || link.expiresAt().isAfter(now.plus(longest))) {
            throw new InvalidValueException(
                    "expiry", "must be 1 second to " + longest.toSeconds() + " seconds from now");
        }
        return codec.encode(link.format());
    }

    /** Never throws, whatever the text. */
    Verdict verify(String text, Instant now) {
        PassCodec.Result result = codec.decode(text);
        if (result instanceof PassCodec.Result.Lapsed) {
            return new Verdict.Over("This link has ended, since everybody was signed out.");
        }
        Optional<SignInLink> link = result instanceof PassCodec.Result.Authentic authentic
                ? SignInLink.parse(authentic.payload())
                : Optional.empty();
        if (link.isEmpty()) {
            return new Verdict.Forged();
        }
        return now.isBefore(link.get().expiresAt())
                ? new Verdict.Valid(link.get())
                : new Verdict.Over("This link has expired.");
    }
}
