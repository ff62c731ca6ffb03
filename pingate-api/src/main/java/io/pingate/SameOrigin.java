package io.pingate;

import io.pingate.http.syntax.Authority;
import io.pingate.http.syntax.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a post of our own pages from one that another site made the browser send. */
final class SameOrigin {
    private static final String REASON = "This form may only be sent from the gate's own page.";

    private SameOrigin() {}

    /**
     * What speaks against a form; null when nothing does. Origin (RFC 6454 section 7), when sent, must name our host. The
     * scheme is left out, and so are both default ports, since a proxy that ends TLS before the gate may not tell.
     * Sec-Fetch-Site, when sent, must not name another site. A
     * request with neither comes from no browser of today.
     *
     * <p>A browser that says same-origin has compared the ports itself, which a proxy may have lost on the way here (nginx's
     * {@code $host} has none).
     */
    static Decision.@Nullable ForeignForm objection(GateRequest request) {
        List<String> origins = request.headers().all("Origin");
        List<String> sites = request.headers().all("Sec-Fetch-Site");
        boolean anyPort = sites.contains("same-origin");
        if (!origins.isEmpty()
                && Origin.only(origins)
                        .filter(origin -> isOf(request.host(), origin, anyPort))
                        .isEmpty()) {
            return new Decision.ForeignForm(REASON, "Origin", String.join(", ", origins), request.host());
        }
        return sites.stream().allMatch(site -> site.equals("same-origin") || site.equals("none"))
                ? null
                : new Decision.ForeignForm(REASON, "Sec-Fetch-Site", String.join(", ", sites), request.host());
    }

    /** The path, and query, of a page of our own that Referer names (RFC 9110 section 10.1.3); null when it names none. */
    static @Nullable String referringPath(GateRequest request) {
        String referer = request.headers().first("Referer");
        if (referer == null) {
            return null;
        }
        int path = referer.indexOf('/', referer.indexOf("://") + 3);
        boolean ours = path > 0
                && Origin.parse(referer.substring(0, path))
                        .filter(origin -> isOf(request.host(), origin, false))
                        .isPresent();
        return ours ? referer.substring(path) : null;
    }

    /** More lenient with ports than {@link Origin#isOf}: a form that is refused by mistake locks somebody out. */
    private static boolean isOf(String host, Origin origin, boolean anyPort) {
        return Authority.parse(host)
                .filter(own -> own.host().equalsIgnoreCase(origin.host()))
                .filter(own -> anyPort || named(own.port()) == named(origin.port()))
                .isPresent();
    }

    private static int named(int port) {
        return port == 80 || port == 443 ? Authority.NO_PORT : port;
    }
}
