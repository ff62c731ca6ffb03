package io.pingate.http;

import org.jspecify.annotations.Nullable;

/**
 * An origin-form request target (RFC 9112 section 3.2.1), byte for byte as the client sent it.
 *
 * <p>Each char is a byte. Nothing is decoded or normalised here: the gate decides on the very bytes that it forwards.
 *
 * @param raw the path and, after the first {@code ?}, the query
 */
public record RequestTarget(String raw) {
    private static final int MAX_LENGTH = 16 * 1024;

    /**
     * Accepts what may stand in a request line and nothing that could end or split it.
     *
     * @param raw the target as received
     * @throws IllegalArgumentException with the rule that is broken
     */
    public RequestTarget {
        if (!raw.startsWith("/")) {
            throw new InvalidValueException("request target", "must start with '/'");
        }
        if (raw.length() > MAX_LENGTH) {
            throw new InvalidValueException("request target", "longer than " + MAX_LENGTH + " bytes");
        }
        for (int i = 0; i < raw.length(); i++) {
            rejectForbidden(raw.charAt(i));
        }
    }

    /**
     * Reads a target, strictly. Whoever reads it off the wire answers 400 to what it throws.
     *
     * @param raw the target as received; absolute-form is brought to origin form by the caller
     * @return the target
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static RequestTarget of(String raw) {
        return new RequestTarget(raw);
    }

    /** {@return all before the first {@code ?}} */
    public String path() {
        int mark = raw.indexOf('?');
        return mark < 0 ? raw : raw.substring(0, mark);
    }

    /** {@return all after the first {@code ?}: empty for a bare one, null without one} */
    public @Nullable String query() {
        int mark = raw.indexOf('?');
        return mark < 0 ? null : raw.substring(mark + 1);
    }

    /**
     * Tells whether every server reads this path alike: no escape, empty segment, path parameter, backslash, dot segment
     * or byte above ASCII. What isn't plain is never matched against a list of permitted paths, so it fails closed.
     *
     * @return true when the path means what it says
     */
    public boolean isPlain() {
        String path = path();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' || c == ';' || c == '\\' || c > '~' || (c == '/' && !startsPlainSegment(path, i + 1))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether a text is a plain path and nothing else, as a setting may name one.
     *
     * @param text the text
     * @return true when it is
     */
    public static boolean isPlainPath(String text) {
        try {
            return text.indexOf('?') < 0 && of(text).isPlain();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean startsPlainSegment(String path, int start) {
        int slash = path.indexOf('/', start);
        String segment = path.substring(start, slash < 0 ? path.length() : slash);
        boolean emptyInside = slash >= 0 && segment.isEmpty();
        return !emptyInside && !segment.equals(".") && !segment.equals("..");
    }

    private static void rejectForbidden(char c) {
        if (c < ' ' || c == 0x7F) {
            throw new InvalidValueException("request target", "control character");
        }
        if (c == ' ' || c == '#') {
            throw new InvalidValueException("request target", "'" + c + "' must be escaped");
        }
        // What some decoder has made of several bytes, or of bytes that it could not read: the original ones are lost.
        if (c > 0xFF) {
            throw new InvalidValueException("request target", "a character that is no byte");
        }
    }
}
