package io.pingate;

import java.util.List;
import java.util.Locale;

/** Tells a post of our own pages from one that another site made the browser send. */
final class SameOrigin {
    private SameOrigin() {}

    /**
     * Origin (RFC 6454 section 7), when sent, must name our host. The scheme is left out, and so are both default ports,
     * since a proxy that ends TLS before the gate may not tell. Sec-Fetch-Site, when sent, must not name another site. A
     * request with neither comes from no browser of today.
     */
    static boolean holds(GateRequest request) {
        List<String> origins = request.headers().all("Origin");
        List<String> sites = request.headers().all("Sec-Fetch-Site");
        return (origins.isEmpty() || (origins.size() == 1 && isHost(origins.get(0), request.host())))
                && sites.stream().allMatch(site -> site.equals("same-origin") || site.equals("none"));
    }

    private static boolean isHost(String origin, String host) {
        int authority = origin.indexOf("://");
        return authority > 0
                && !host.isEmpty()
                && normal(origin.substring(authority + 3)).equals(normal(host));
    }

    private static String normal(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }
}
