package io.pingate;

import io.pingate.http.InvalidValueException;
import io.pingate.http.RequestTarget;
import io.pingate.http.syntax.PathPatterns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a token says that opens the gate for a program. It holds no secret: what proves it is its signature, see
 * {@link AccessTokens}.
 *
 * @param id tells it from all others, also from one of the same name
 * @param name what its owner calls it
 * @param expiresAt the first moment, in whole seconds, at which it opens nothing any more
 * @param paths what it is for, exact paths or {@code /prefix/*} for all that lie below; empty for everything
 */
public record AccessToken(String id, String name, Instant expiresAt, List<String> paths) {
    private static final int MAX_NAME = 64;

    /** No white space but single blanks inside, nothing that a terminal would not show. */
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+(?: [\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+)*");

    /**
     * Takes what a token can say.
     *
     * @param id tells it from all others
     * @param name what its owner calls it
     * @param expiresAt when it ends
     * @param paths what it is for
     * @throws IllegalArgumentException naming what breaks which rule
     */
    public AccessToken {
        PassId.require(id, expiresAt);
        if (name.codePointCount(0, name.length()) > MAX_NAME
                || !NAME.matcher(name).matches()) {
            throw new InvalidValueException(
                    "name", "must be 1 to " + MAX_NAME + " letters, digits and signs, with single blanks between them");
        }
        paths = List.copyOf(paths);
        PathPatterns.of("paths", paths);
    }

    /**
     * Makes a token that never was.
     *
     * @param name 1 to 64 letters, digits and signs, with single blanks between them
     * @param expiresAt when it ends; fractions of a second are dropped
     * @param paths what it is for; empty for everything
     * @return the token, with a random id
     * @throws IllegalArgumentException naming what breaks which rule
     */
    public static AccessToken fresh(String name, Instant expiresAt, List<String> paths) {
        return new AccessToken(PassId.fresh(), name, Instant.ofEpochSecond(expiresAt.getEpochSecond()), paths);
    }

    /**
     * Writes it as lines of text: id, expiry in unix seconds, name, then each path.
     *
     * @return the text, without a line break at its end
     */
    public String format() {
        List<String> lines = new ArrayList<>(List.of(id, Long.toString(expiresAt.getEpochSecond()), name));
        lines.addAll(paths);
        return String.join("\n", lines);
    }

    /**
     * Reads what {@link #format} wrote, and nothing else.
     *
     * @param text the text
     * @return the token; empty when it is none
     */
    public static Optional<AccessToken> parse(String text) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        Optional<Instant> expiry = lines.size() < 3 ? Optional.empty() : PassId.expiry(lines.get(1));
        try {
            return expiry.map(end -> new AccessToken(lines.get(0), lines.get(2), end, lines.subList(3, lines.size())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Tells whether it is for a target below a path, which is empty at the root. */
    boolean isFor(RequestTarget target, String below) {
        return paths.isEmpty()
                || PathPatterns.of(
                                "paths",
                                paths.stream().map(path -> below + path).toList())
                        .contain(target);
    }
}
