package io.pingate.http.syntax;

import java.util.List;
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
public record Origin(String scheme, String host, int port) {
    /**
     * Reads an origin as browsers write it.
     *
     * @param text the value of an Origin field
     * @return the origin; empty for {@code null}, which any sandboxed page may send, and for what isn't one
     */
    public static Optional<Origin> parse(String text) {
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

    /**
     * Reads the one Origin field that a request may have (RFC 6454 section 7.3).
     *
     * @param fields the values of all of a request's
     * @return the origin; empty when there is not exactly one
     */
    public static Optional<Origin> only(List<String> fields) {
        return fields.size() == 1 ? parse(fields.get(0)) : Optional.empty();
    }

    /**
     * Tells whether this is the origin of pages of a host. The scheme is left out, since a proxy that ends TLS before the
     * gate may not tell. A port that the host doesn't name is the other one, or the default of the scheme that the browser
     * used, which is the origin's.
     *
     * @param authority {@code host} or {@code host:port}, as the client named it
     * @param otherPort the port on the client's side, when the host names none
     * @return true when it is
     */
    public boolean isOf(String authority, int otherPort) {
        return Authority.parse(authority)
                .filter(own -> own.host().equalsIgnoreCase(host))
                .filter(own -> port == own.portOr(otherPort) || port == own.portOr(Authority.defaultPort(scheme)))
                .isPresent();
    }

    /** Written out for the reason that {@link io.pingate.http.IpAddress} has. */
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
