package io.pingate.proxy.headers;

import io.pingate.http.syntax.Ascii;

/**
 * Names of header fields as programs behind a gate may read them.
 *
 * <p>CGI and its heirs (WSGI, PHP, Rack) turn {@code X-User}, {@code x_user} and {@code X.User} into the one variable
 * {@code HTTP_X_USER} (RFC 3875 section 4.1.18). So two names are alike here when they differ only in case and in what
 * is neither letter nor digit: a look-alike of a name that the gate sets can't slip past it.
 */
final class FieldName {
    private FieldName() {}

    static boolean alike(String one, String other) {
        return one.length() == other.length() && startsLike(one, other, one.length());
    }

    /** Tells whether the first {@code length} characters are alike. */
    static boolean startsLike(String one, String other, int length) {
        if (one.length() < length || other.length() < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (fold(one.charAt(i)) != fold(other.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether the last {@code length} characters are alike; the other text has so many. */
    static boolean endsLike(String one, String other, int length) {
        if (one.length() < length) {
            return false;
        }
        for (int i = 1; i <= length; i++) {
            if (fold(one.charAt(one.length() - i)) != fold(other.charAt(other.length() - i))) {
                return false;
            }
        }
        return true;
    }

    private static char fold(char c) {
        if (c >= 'A' && c <= 'Z') {
            return (char) (c | 0x20);
        }
        return Ascii.isAlphanumeric(c) ? c : '-';
    }
}
