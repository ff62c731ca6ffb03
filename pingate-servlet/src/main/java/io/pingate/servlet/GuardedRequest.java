package io.pingate.servlet;

import io.pingate.GateRequest;
import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.forwarded.ForwardedHeaders;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.servlet.head.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the gate reads it.
 *
 * @param peer the other end of the connection
 * @param protocol the version of HTTP that the client speaks, as in {@code HTTP/1.1}
 * @param gate what the policy looks at
 * @param forwarding how the client reached the gate
 */
public record GuardedRequest(IpAddress peer, String protocol, GateRequest gate, Forwarding forwarding) {
    /** What a connection over a Unix domain socket comes from: this machine. */
    private static final IpAddress LOCAL = new IpAddress(false, 0, 0x7F00_0001);

    /**
     * Reads a request.
     *
     * @param head its head
     * @throws IllegalArgumentException with the rule that is broken
     */
    static GuardedRequest of(RequestHead head, ForwardedHeaders forwarded) {
        HeaderFields headers = head.fields();
        requirePlainFraming(head.protocol(), headers.all("Transfer-Encoding"));
        IpAddress peer = peer(head.peer());
        Forwarding forwarding = forwarded.of(peer, head.scheme(), headers.first("Host"), headers);
        GateRequest gate = new GateRequest(
                head.method(),
                RequestTarget.of(head.target()),
                headers,
                forwarding.client(),
                forwarding.scheme(),
                forwarding.host());
        return new GuardedRequest(peer, head.protocol(), gate, forwarding);
    }

    /** Whose request it is, whatever else is wrong with it. */
    static IpAddress client(RequestHead head, ForwardedHeaders forwarded) {
        HeaderFields headers = head.fields();
        return forwarded
                .of(peer(head.peer()), head.scheme(), headers.first("Host"), headers)
                .client();
    }

    /**
     * Containers accept more; what they make of it, the next server may make something else of (RFC 9112 sections 6.1 and
     * 11.2).
     */
    private static void requirePlainFraming(String protocol, List<String> codings) {
        boolean plain = codings.isEmpty()
                || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked") && protocol.equals("HTTP/1.1"));
        if (!plain) {
            throw new IllegalArgumentException("transfer encoding: must be chunked, once, in HTTP/1.1");
        }
    }

    private static IpAddress peer(@Nullable String address) {
        if (address == null || address.isEmpty()) {
            return LOCAL;
        }
        return IpAddress.parse(address)
                .orElseThrow(() -> new IllegalArgumentException("client address: must be an IP address"));
    }
}
