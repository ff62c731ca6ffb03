package io.pingate.http.syntax;

import io.pingate.http.InvalidValueException;
import io.pingate.http.RequestTarget;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Paths that a setting lists: exact ones, and {@code prefix/*} for all that lie below. */
public final class PathPatterns {
    private static final String BELOW = "/*";

    private final Set<String> exact = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();

    private PathPatterns() {}

    /**
     * Reads a list.
     *
     * @param name what the list is called in messages
     * @param patterns exact paths like {@code /health}, or ones like {@code /hooks/*}
     * @return the patterns
     * @throws IllegalArgumentException with the entry and the rule that it breaks
     */
    public static PathPatterns of(String name, List<String> patterns) {
        PathPatterns all = new PathPatterns();
        patterns.forEach(pattern -> all.add(name, pattern));
        return all;
    }

    private void add(String name, String pattern) {
        boolean prefix = pattern.endsWith(BELOW);
        String path = prefix ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (pattern.equals(BELOW)) {
            throw new InvalidValueException(name, "'/*' would take in everything; name what you mean");
        }
        if (!RequestTarget.isPlainPath(path) || path.indexOf('*') >= 0) {
            throw new InvalidValueException(
                    name,
                    "'" + pattern
                            + "' must be a path like /health, or one like /hooks/*, without escapes, dots, '?' or other '*'");
        }
        (prefix ? prefixes : exact).add(path);
    }

    /**
     * Tells whether a target's path is among these. Only what every server reads alike is ever matched, so that
     * {@code /public/..%2fadmin} stays out.
     *
     * @param target the request target
     * @return true when it is
     */
    public boolean contain(RequestTarget target) {
        String path = target.path();
        return target.isPlain() && (exact.contains(path) || isBelowPrefix(path));
    }

    private boolean isBelowPrefix(String path) {
        for (String prefix : prefixes) {
            if (path.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
