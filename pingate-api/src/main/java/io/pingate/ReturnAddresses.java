package io.pingate;

import io.pingate.http.syntax.Authority;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the gate may send somebody after the sign-in: to a path of its own origin, and where its cookie is for a whole domain,
 * to the hosts of that domain, over https only.
 *
 * @param domain the cookie's domain, in small letters; null when the cookie is for one host
 */
record ReturnAddresses(@Nullable String domain) {
    private static final String HTTPS = "https://";

    /** The candidate, {@code /} when it isn't safe. */
    String of(@Nullable String candidate) {
        if (candidate == null || domain == null || !candidate.startsWith(HTTPS)) {
            return ReturnPath.of(candidate);
        }
        int path = candidate.indexOf('/', HTTPS.length());
        String authority = candidate.substring(HTTPS.length(), path < 0 ? candidate.length() : path);
        boolean ours =
                Authority.parse(authority).filter(named -> isOurs(named.host())).isPresent();
        return ours ? HTTPS + authority + ReturnPath.of(path < 0 ? null : candidate.substring(path)) : "/";
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
