package io.pingate;

import io.pingate.http.HeaderFields;
import io.pingate.http.InvalidValueException;
import io.pingate.http.IpAddress;
import io.pingate.http.RequestTarget;
import io.pingate.http.syntax.HttpToken;

/**
 * What the gate looks at of a client's request. Where a trusted proxy stands in front, client, scheme and host are those
 * that it tells ({@code X-Forwarded-For} and its like), not its own.
 *
 * @param method the method, case-sensitive (RFC 9110 section 9.1)
 * @param target the request target as it is forwarded
 * @param headers the client's header fields
 * @param client the address that the throttle counts
 * @param scheme the scheme on the client's side, {@code http} or {@code https}
 * @param host the host on the client's side, with its port when it named one; empty when unknown
 * @see #builder
 */
public record GateRequest(
        String method, RequestTarget target, HeaderFields headers, IpAddress client, String scheme, String host) {
    /**
     * Takes no method that could pass for more than one. HTTP/2 carries any text there, and servers of HTTP/1.1 would
     * read {@code GET /admin} as a method and a target of its own.
     *
     * @param method the method, case-sensitive (RFC 9110 section 9.1)
     * @param target the request target as it is forwarded
     * @param headers the client's header fields
     * @param client the address that the throttle counts
     * @param scheme the scheme on the client's side, {@code http} or {@code https}
     * @param host the host on the client's side, with its port when it named one; empty when unknown
     * @throws IllegalArgumentException when the method isn't a token (RFC 9110 section 5.6.2)
     */
    public GateRequest {
        if (!HttpToken.is(method)) {
            throw new InvalidValueException("method", "must be one word, as in GET");
        }
    }

    /** {@return a builder, in which method and target are still to be set} */
    public static GateRequestBuilder builder() {
        return new GateRequestBuilder();
    }

    /** The same request, for another target. */
    GateRequest at(RequestTarget other) {
        return new GateRequest(method, other, headers, client, scheme, host);
    }

    boolean isSecure() {
        return scheme.equalsIgnoreCase("https");
    }

    /** Leaves out target, headers and client, which hold cookies and other private matter. */
    @Override
    public String toString() {
        return "GateRequest[" + method + "]";
    }
}
