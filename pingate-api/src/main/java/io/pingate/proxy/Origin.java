package io.pingate.proxy;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A web origin (RFC 6454 section 4) in lower case.
 *
 * @param scheme the scheme
 * @param host the host
 * @param port the port; the scheme's own when none was named
 */
record Origin(String scheme, String host, int port) {
    /** Reads an origin as browsers write it; empty for {@code null}, which any sandboxed page may send. */
    static Optional<Origin> parse(String text) {
        int end = text.indexOf("://");
        if (end <= 0) {
            return Optional.empty();
        }
        String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
        return Authority.parse(text.substring(end + 3))
                .map(authority -> new Origin(
                        scheme,
                        authority.host().toLowerCase(Locale.ROOT),
                        authority.portOr(Authority.defaultPort(scheme))));
    }

    static Origin configured(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "origin: must be scheme://host[:port] without a path, as in https://chat.example.org, and not '"
                                + text + "'"));
    }

    /**
     * Tells whether this is the gate's own host. A port that the gate's host doesn't name is the one that X-Forwarded-Port
     * told, or the default of the scheme that the browser used, which is the origin's.
     */
    boolean isOf(Forwarding gate) {
        return Authority.parse(gate.host())
                .filter(own -> own.host().equalsIgnoreCase(host))
                .filter(own -> port == own.portOr(gate.port()) || port == own.portOr(Authority.defaultPort(scheme)))
                .isPresent();
    }

    /** Written out for the reason that {@link io.pingate.IpAddress} has. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin that
                && scheme.equals(that.scheme)
                && host.equals(that.host)
                && port == that.port;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
    }
}
