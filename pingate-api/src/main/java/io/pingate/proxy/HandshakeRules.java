package io.pingate.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.http.syntax.Origin;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a tool: a page of another host opens no WebSocket, since the same-origin policy doesn't hold for those (RFC
 * 6455 section 10.2). Whatever else comes is the tool's own to judge, and so is a program, which sends no Origin.
 */
final class HandshakeRules implements RouteRules {
    private static final Optional<String> OBJECTION =
            Optional.of("A WebSocket must be opened by a page of this host: its Origin names another one.");

    @Override
    public Optional<String> objection(
            String method, RequestTarget target, Forwarding forwarding, SignedIn signedIn, HeaderFields clientRequest) {
        if (clientRequest.first("Upgrade") == null) {
            return Optional.empty();
        }
        List<String> origins = clientRequest.all("Origin");
        boolean passes = origins.isEmpty()
                || Origin.only(origins).filter(forwarding::isOwn).isPresent();
        return passes ? Optional.empty() : OBJECTION;
    }
}
