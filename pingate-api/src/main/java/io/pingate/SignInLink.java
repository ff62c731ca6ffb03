package io.pingate;

import io.pingate.http.InvalidValueException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a link says that signs somebody in. It holds no secret: what proves it is its signature, see {@link SignInLinks}.
 *
 * @param id tells it from all others
 * @param expiresAt the first moment, in whole seconds, at which it opens nothing any more
 * @param guest true for several people, whose sessions end with the link; false for one sign-in, once
 * @param next where it leads, a safe path
 */
public record SignInLink(String id, Instant expiresAt, boolean guest, String next) {
    private static final String GUEST = "guest";
    private static final String ONCE = "once";

    /**
     * Takes what a link can say.
     *
     * @param id tells it from all others
     * @param expiresAt when it ends
     * @param guest whether it is for several
     * @param next where it leads
     * @throws IllegalArgumentException naming what breaks which rule
     */
    public SignInLink {
        PassId.require(id, expiresAt);
        if (!ReturnPath.of(next).equals(next)) {
            throw new InvalidValueException("next", "must be a path of this gate's, as in /notes?a=b");
        }
    }

    /**
     * Makes a link that never was.
     *
     * @param expiresAt when it ends; fractions of a second are dropped
     * @param guest true for several people, whose sessions end with the link
     * @param next where it leads, a path
     * @return the link, with a random id
     * @throws IllegalArgumentException naming what breaks which rule
     */
    public static SignInLink fresh(Instant expiresAt, boolean guest, String next) {
        return new SignInLink(PassId.fresh(), Instant.ofEpochSecond(expiresAt.getEpochSecond()), guest, next);
    }

    /** Lines of text: id, expiry in unix seconds, kind, path. */
    String format() {
        return String.join("\n", id, Long.toString(expiresAt.getEpochSecond()), guest ? GUEST : ONCE, next);
    }

    /** Reads what {@link #format} wrote, and nothing else. */
    static Optional<SignInLink> parse(String text) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        if (lines.size() != 4 || !List.of(GUEST, ONCE).contains(lines.get(2))) {
            return Optional.empty();
        }
        try {
            return PassId.expiry(lines.get(1))
                    .map(end -> new SignInLink(lines.get(0), end, lines.get(2).equals(GUEST), lines.get(3)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
