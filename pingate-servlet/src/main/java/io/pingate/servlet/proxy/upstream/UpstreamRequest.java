package io.pingate.servlet.proxy.upstream;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.Upstream;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.io.ManagedSelector;
import org.jspecify.annotations.Nullable;

/**
 * A request for an upstream. Its method, target and fields reach the wire as they are given, one byte for each char.
 *
 * @param upstream who gets it
 * @param near the selector that serves the client's connection, where a connection to the upstream is at hand soonest;
 *     null where that is of no use
 * @param method the method, letter for letter
 * @param target the target in origin form
 * @param fields every field but for those that frame the message
 * @param body the body, null when there is none
 * @param saysEmpty whether a request without a body says {@code Content-Length: 0}: some servers answer 411 to a POST
 *     that doesn't
 * @param upgrades whether the fields ask for another protocol, so that a 101 is an answer
 * @param expectsContinue whether the body waits for {@code 100 Continue} (RFC 9110, section 10.1.1)
 * @param trailers what becomes of the body's trailer fields
 */
public record UpstreamRequest(
        Upstream upstream,
        @Nullable ManagedSelector near,
        String method,
        String target,
        HeaderFields fields,
        @Nullable RequestBody body,
        boolean saysEmpty,
        boolean upgrades,
        boolean expectsContinue,
        UnaryOperator<HeaderFields> trailers) {}
