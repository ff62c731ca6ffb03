package io.pingate.servlet.webapp;

import io.pingate.GateCookie;
import io.pingate.TokenFields;
import io.pingate.proxy.headers.IdentityHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;

/**
 * What a webapp behind the filter sees of its requests: the same as an upstream behind the proxy. Whoever is signed in is
 * named by the gate alone, and the gate's cookie and tokens aren't there.
 *
 * @param identity what says who is signed in, and the names under which no client may say so
 * @param email the signed-in user's name for {@code getRemoteUser}, when there is one
 * @param cookie the gate's cookie
 */
public record WebappView(IdentityHeaders identity, Optional<String> email, GateCookie cookie) {
    private static final IdentityHeaders TOKEN = IdentityHeaders.none().reserving(TokenFields.NAME);

    /** Whether the webapp sees nothing of what a client sends under this name, or one that looks alike. */
    boolean hides(String name) {
        return identity.reserves(name) || TOKEN.reserves(name);
    }

    public HttpServletRequest of(HttpServletRequest request, HttpServletResponse response, boolean signedIn) {
        return new WebappRequest(request, response, this, signedIn);
    }

    /**
     * Tells whether a WebSocket handshake carries an identity of the client's own. Jetty hands an endpoint the fields as
     * they came in, past every filter's wrapper; no browser lets a page set them.
     */
    public boolean isForgedHandshake(HttpServletRequest request) {
        if (!isHandshake(request)) {
            return false;
        }
        Iterator<String> names = request.getHeaderNames().asIterator();
        while (names.hasNext()) {
            if (identity.reserves(names.next())) {
                return true;
            }
        }
        return false;
    }

    /** Over HTTP/1.1 (RFC 6455 section 4.1) or HTTP/2 (RFC 8441 section 4). */
    private static boolean isHandshake(HttpServletRequest request) {
        return request.getMethod().equals("CONNECT")
                || Collections.list(request.getHeaders("Upgrade")).stream()
                        .anyMatch(protocol -> protocol.toLowerCase(Locale.ROOT).contains("websocket"));
    }
}
