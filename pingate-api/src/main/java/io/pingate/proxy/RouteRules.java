package io.pingate.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.Optional;

/**
 * What a route asks of its requests beside the gate's sign-in, and what it says to them by itself. Safe for use by many
 * threads.
 */
public interface RouteRules {
    /**
     * Judges a request that the gate let through, WebSocket handshakes included.
     *
     * @param method the request's method
     * @param target what follows the route's prefix
     * @param forwarding how the client reached the gate
     * @param signedIn by what the client is signed in
     * @param clientRequest the client's fields
     * @return why it is refused with 403, in one sentence for whoever sent it; empty when it may pass
     */
    Optional<String> objection(
            String method, RequestTarget target, Forwarding forwarding, SignedIn signedIn, HeaderFields clientRequest);

    /**
     * Answers what browsers ask without their cookies, so that the gate could only refuse it: a CORS preflight.
     *
     * @param method the request's method
     * @param clientRequest the client's fields
     * @return the fields of an answer with status 204; empty for a request that is the gate's to judge
     */
    default Optional<HeaderFields> unaskedAnswer(String method, HeaderFields clientRequest) {
        return Optional.empty();
    }

    /**
     * Says what every answer to a request of this route carries, whoever writes it and whatever it says: without it a page
     * of an allowed origin could not even read that it has to sign in.
     *
     * @param clientRequest the client's fields
     * @return the fields; none by default
     */
    default HeaderFields answerFields(HeaderFields clientRequest) {
        return HeaderFields.NONE;
    }
}
