package io.pingate.proxy.headers;

import io.pingate.http.InvalidValueException;
import io.pingate.http.syntax.Authority;
import io.pingate.http.syntax.Origin;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.Optional;

/**
 * The name by which an upstream is asked, where it refuses the gate's: some programs serve the name alone that they listen
 * under, for fear of DNS rebinding.
 *
 * @param scheme the upstream's scheme
 * @param host {@code host} or {@code host:port}, for the Host field
 */
record UpstreamName(String scheme, String host) {
    static UpstreamName of(String scheme, String host) {
        return Authority.parse(host)
                .map(authority -> new UpstreamName(scheme, authority.toString()))
                .orElseThrow(() ->
                        new InvalidValueException("host", "must be a host and at most a port, as in localhost:8384"));
    }

    /**
     * The Origin of a page of the gate becomes the upstream's, so that it goes on being same-origin for a program that
     * compares it with Host. Another site's stays, or the program could not tell it any more.
     */
    String origin(String value, Forwarding forwarding) {
        return Origin.parse(value).filter(forwarding::isOwn).isPresent() ? scheme + "://" + host : value;
    }

    /** A redirect to that name leads to the same path at the gate: outside, nobody is reached by it. */
    String location(String value) {
        int authority = value.indexOf("://") + 3;
        if (authority < 3) {
            return value;
        }
        int path = authority;
        while (path < value.length() && "/?#".indexOf(value.charAt(path)) < 0) {
            path++;
        }
        Optional<Origin> named = Origin.parse(value.substring(0, path));
        if (named.isEmpty() || !named.equals(Origin.parse(named.get().scheme() + "://" + host))) {
            return value;
        }
        String rest = value.substring(path);
        // Two slashes would begin another host.
        return rest.startsWith("//") ? value : rest.startsWith("/") ? rest : "/" + rest;
    }
}
