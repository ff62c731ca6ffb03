package io.pingate;

/**
 * What the gate looks at of a client's request, after trusted proxies had their say.
 *
 * @param method the method, case-sensitive (RFC 9110 section 9.1)
 * @param target the request target as it is forwarded
 * @param headers the client's header fields
 * @param client the address that the throttle counts
 * @param scheme the scheme on the client's side, {@code http} or {@code https}
 * @param host the host on the client's side, with its port when it named one; empty when unknown
 */
public record GateRequest(
        String method, RequestTarget target, HeaderFields headers, IpAddress client, String scheme, String host) {
    boolean isSecure() {
        return scheme.equalsIgnoreCase("https");
    }

    /** Leaves out target, headers and client, which hold cookies and other private matter. */
    @Override
    public String toString() {
        return "GateRequest[" + method + "]";
    }
}
