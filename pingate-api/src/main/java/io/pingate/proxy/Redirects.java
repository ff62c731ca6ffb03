package io.pingate.proxy;

import io.pingate.http.syntax.Origin;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns the redirects of an upstream that is mounted under a prefix, and knows nothing of it, into paths of the gate
 * (Location, RFC 9110 section 10.2.2).
 */
final class Redirects {
    private final String prefix;
    private final Upstream upstream;
    private final Origin upstreamOrigin;

    Redirects(String prefix, Upstream upstream) {
        this.prefix = prefix;
        this.upstream = upstream;
        this.upstreamOrigin = new Origin(upstream.scheme(), upstream.host().toLowerCase(Locale.ROOT), upstream.port());
    }

    /** {@return where the redirect leads at the gate; the location itself when it leads elsewhere or is relative} */
    String map(String location, Forwarding forwarding) {
        String path = ownPath(location, forwarding);
        if (path == null) {
            return location;
        }
        if (isUnder(prefix, path)) {
            // A server that was told its public prefix names it by itself.
            return path;
        }
        String base = upstream.basePath();
        return isUnder(base, path) ? prefix + path.substring(base.length()) : location;
    }

    /** The path and what follows it, when the location is one of the upstream, as it or its clients name it. */
    private @Nullable String ownPath(String location, Forwarding forwarding) {
        int authority = location.indexOf("://") + 3;
        if (authority < 3) {
            return location.startsWith("/") && !location.startsWith("//") ? location : null;
        }
        int path = location.indexOf('/', authority);
        int end = path < 0 ? location.length() : path;
        boolean own = Origin.parse(location.substring(0, end))
                .filter(origin -> forwarding.isOwn(origin) || origin.equals(upstreamOrigin))
                .isPresent();
        return own ? "/" + location.substring(Math.min(end + 1, location.length())) : null;
    }

    private static boolean isUnder(String base, String path) {
        return path.startsWith(base)
                && (path.length() == base.length() || "/?#".indexOf(path.charAt(base.length())) >= 0);
    }
}
