package io.pingate;

/**
 * A request that a proxy holds back until the gate has said what it thinks of it (forward-auth).
 *
 * @param request the request, as the proxy tells it
 * @param certain whether nobody but the proxy can have said what its target is; else the target decides nothing
 * @param gateAddress where the gate's own pages are, without a slash at its end, as in {@code https://auth.example.org};
 *     empty where they are on the request's own host
 */
public record HeldRequest(GateRequest request, boolean certain, String gateAddress) {
    /** The request's address for somebody who isn't there: an origin in front of its path, if that is needed. */
    String addressOf(String path) {
        return gateAddress.isEmpty() ? path : request.scheme() + "://" + request.host() + path;
    }
}
