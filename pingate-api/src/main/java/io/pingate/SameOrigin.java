package io.pingate;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells a post of our own pages from one that another site made the browser send. */
final class SameOrigin {
    private SameOrigin() {}

    /**
     * Origin (RFC 6454 section 7), when sent, must name our host. The scheme is left out, and so are both default ports,
     * since a proxy that ends TLS before the gate may not tell. Sec-Fetch-Site, when sent, must not name another site. A
     * request with neither comes from no browser of today.
     *
     * <p>A browser that says same-origin has compared the ports itself, which a proxy may have lost on the way here (nginx's
     * {@code $host} has none).
     */
    static boolean holds(GateRequest request) {
        List<String> origins = request.headers().all("Origin");
        List<String> sites = request.headers().all("Sec-Fetch-Site");
        UnaryOperator<String> normal =
                sites.contains("same-origin") ? SameOrigin::withoutPort : SameOrigin::withoutDefaultPort;
        return (origins.isEmpty() || (origins.size() == 1 && isHost(origins.get(0), request.host(), normal)))
                && sites.stream().allMatch(site -> site.equals("same-origin") || site.equals("none"));
    }

    /** The path, and query, of a page of our own that Referer names (RFC 9110 section 10.1.3); null when it names none. */
    static @Nullable String referringPath(GateRequest request) {
        String referer = request.headers().first("Referer");
        if (referer == null) {
            return null;
        }
        int path = referer.indexOf('/', referer.indexOf("://") + 3);
        boolean ours = path > 0 && isHost(referer.substring(0, path), request.host(), SameOrigin::withoutDefaultPort);
        return ours ? referer.substring(path) : null;
    }

    private static boolean isHost(String origin, String host, UnaryOperator<String> normal) {
        int authority = origin.indexOf("://");
        return authority > 0
                && !host.isEmpty()
                && normal.apply(origin.substring(authority + 3).toLowerCase(Locale.ROOT))
                        .equals(normal.apply(host.toLowerCase(Locale.ROOT)));
    }

    private static String withoutDefaultPort(String authority) {
        return authority.replaceFirst(":(80|443)$", "");
    }

    private static String withoutPort(String authority) {
        return authority.replaceFirst(":[0-9]+$", "");
    }
}
