package io.pingate;

import io.pingate.http.HeaderFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where programs send their token: in a field of the gate's own, as a bearer token (RFC 6750 section 2.1), or as the password
 * of Basic (RFC 7617) with any user name. Everything else in {@code Authorization} is none of the gate's business.
 */
public final class TokenFields {
    /** The gate's own field; it never leaves the gate, whatever is in it. */
    public static final String NAME = "X-Pingate-Token";

    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer";
    private static final String BASIC = "Basic";

    private TokenFields() {}

    /**
     * Tells whether a field's value is for the gate, be it good or not: then nobody else gets to see it.
     *
     * @param authorization the value of an Authorization field
     * @return true when it carries what begins as a token does
     */
    public static boolean isOwn(String authorization) {
        return token(authorization) != null;
    }

    /** The tokens that a request carries. The gate's own field has the last word: then Authorization isn't looked at. */
    static List<String> in(HeaderFields headers) {
        Finder found = new Finder();
        headers.forEach(found);
        return found.own.isEmpty() ? found.authorized : found.own;
    }

    /** Asked of every request without a session, so it keeps nothing for one that has no token. */
    private static final class Finder implements BiConsumer<String, String> {
        private List<String> own = List.of();
        private List<String> authorized = List.of();

        @Override
        public void accept(String name, String value) {
            if (name.equalsIgnoreCase(NAME)) {
                own = with(own, value.strip());
            } else if (name.equalsIgnoreCase(AUTHORIZATION)) {
                String token = token(value);
                authorized = token == null ? authorized : with(authorized, token);
            }
        }

        private static List<String> with(List<String> some, String more) {
            List<String> all = new ArrayList<>(some);
            all.add(more);
            return all;
        }
    }

    private static @Nullable String token(String authorization) {
        String value = authorization.strip();
        String credentials = after(BEARER, value);
        if (credentials == null) {
            String basic = after(BASIC, value);
            credentials = basic == null ? null : password(basic);
        }
        return credentials != null && credentials.startsWith(AccessTokens.PREFIX) ? credentials : null;
    }

    /** The scheme's name is case-insensitive (RFC 9110 section 11.1), and some write more than one blank behind it. */
    private static @Nullable String after(String scheme, String value) {
        int end = scheme.length();
        boolean matches =
                value.regionMatches(true, 0, scheme, 0, end) && value.length() > end && value.charAt(end) <= ' ';
        return matches ? value.substring(end).strip() : null;
    }

    /**
     * Read as leniently as any program behind the gate may read it, lest a token slip by. A user name has no colon (RFC 7617
     * section 2).
     */
    private static @Nullable String password(String base64) {
        String standard = base64.replace('-', '+').replace('_', '/').replace("=", "");
        try {
            byte[] pair = Base64.getMimeDecoder().decode(standard);
            String text = new String(pair, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? null : text.substring(colon + 1);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
