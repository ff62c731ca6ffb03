package io.pingate.proxy.forwarded;

import io.pingate.http.IpAddress;
import io.pingate.http.syntax.Origin;

/**
 * How the client reached the gate, after trusted proxies had their say: what X-Forwarded-* will tell the upstream.
 *
 * @param client the client's address
 * @param scheme {@code http} or {@code https}
 * @param host {@code host} or {@code host:port} as the client named it; empty when unknown
 * @param port the port on the client's side, 1 to 65535
 * @param forwardedFor the X-Forwarded-For field: the addresses that are known, the peer last
 */
public record Forwarding(IpAddress client, String scheme, String host, int port, String forwardedFor) {
    /**
     * Tells whether an origin is the gate's own.
     *
     * @param origin the origin of a page
     * @return true when the page is one of the host that the client named
     */
    public boolean isOwn(Origin origin) {
        return origin.isOf(host, port);
    }
}
