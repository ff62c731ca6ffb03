package io.pingate;

import java.util.List;

/**
 * What needs no PIN.
 *
 * @param patterns exact paths, or {@code prefix/*}
 */
record PublicPaths(List<String> patterns) {
    PublicPaths {
        patterns = List.copyOf(patterns);
        patterns.forEach(PublicPaths::requireUsable);
    }

    /** Matches only what every server reads alike, so that {@code /public/..%2fadmin} stays closed. */
    boolean contain(RequestTarget target) {
        if (patterns.isEmpty() || !target.isPlain()) {
            return false;
        }
        String path = target.path();
        return patterns.stream()
                .anyMatch(pattern -> isPrefix(pattern)
                        ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                        : path.equals(pattern));
    }

    private static boolean isPrefix(String pattern) {
        return pattern.endsWith("/*");
    }

    private static void requireUsable(String pattern) {
        if (pattern.equals("/*")) {
            throw new IllegalArgumentException("public paths: '/*' would open everything; name what is public");
        }
        String path = isPrefix(pattern) ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (!isPlainPath(path)) {
            throw new IllegalArgumentException("public paths: '" + pattern
                    + "' must be a path like /health, or one like /hooks/*, without escapes, dots, '?' or other '*'");
        }
    }

    private static boolean isPlainPath(String path) {
        try {
            return path.indexOf('?') < 0
                    && path.indexOf('*') < 0
                    && RequestTarget.parse(path).isPlain();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
