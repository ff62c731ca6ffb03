package io.pingate.servlet;

import io.pingate.GateRequest;
import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.forwarded.ForwardedHeaders;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.servlet.head.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * A servlet request as the gate reads it.
 *
 * @param gate what the policy looks at
 * @param forwarding how the client reached the gate
 */
record ClientRequest(GateRequest gate, Forwarding forwarding) {
    /** What a connection over a Unix domain socket comes from: this machine. */
    private static final IpAddress LOCAL = new IpAddress(false, 0, 0x7F00_0001);

    /**
     * Reads a request, without touching its parameters or its body.
     *
     * @throws io.pingate.servlet.head.HeadTooLargeException when it has too many fields
     * @throws IllegalArgumentException with the rule that is broken
     */
    static ClientRequest of(HttpServletRequest request, ForwardedHeaders forwarded) {
        RequestHead head = RequestHead.of(request);
        HeaderFields headers = head.fields();
        requirePlainFraming(request.getProtocol(), headers.all("Transfer-Encoding"));
        Forwarding forwarding = forwarded.of(peer(request), request.getScheme(), headers.first("Host"), headers);
        GateRequest gate = new GateRequest(
                request.getMethod(),
                RequestTarget.of(head.target()),
                headers,
                forwarding.client(),
                forwarding.scheme(),
                forwarding.host());
        return new ClientRequest(gate, forwarding);
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

    private static IpAddress peer(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        if (address == null || address.isEmpty()) {
            return LOCAL;
        }
        return IpAddress.parse(address)
                .orElseThrow(() -> new IllegalArgumentException("client address: must be an IP address"));
    }
}
