package io.pingate.proxy;

import io.pingate.HeaderFields;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which sites' pages may reach a route, by the Origin field that browsers send (RFC 6454 section 7, Fetch).
 *
 * <p>The gate's own host is always allowed. It is compared as host and port, without the scheme: behind a tunnel that
 * ends TLS the gate may not know that the page came by https.
 */
public final class OriginRules {
    private static final HeaderFields NO_FIELDS = HeaderFields.of();

    /** With credentials, {@code *} would mean a method of that name (Fetch, CORS protocol and credentials). */
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private final Set<Origin> allowed;
    private final boolean everyRequest;

    private OriginRules(String allowed, boolean everyRequest) {
        this.allowed = Stream.of(allowed.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Origin::configured)
                .collect(Collectors.toUnmodifiableSet());
        this.everyRequest = everyRequest;
    }

    /**
     * Rules for a tool: handshakes of WebSockets are judged, since the same-origin policy doesn't hold for them (RFC 6455
     * section 10.2); whatever else comes is the tool's own to judge.
     *
     * @param allowed origins besides the gate's own, separated by commas; mostly empty
     * @return the rules
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static OriginRules forHandshakes(String allowed) {
        return new OriginRules(allowed, false);
    }

    /**
     * Rules for an API that spends somebody's money: every request is judged, and allowed pages of other sites are told
     * so by CORS fields.
     *
     * @param allowed origins besides the gate's own, separated by commas
     * @return the rules
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static OriginRules forEveryRequest(String allowed) {
        return new OriginRules(allowed, true);
    }

    boolean permit(String method, Forwarding forwarding, HeaderFields headers) {
        if (!everyRequest && headers.first("Upgrade") == null) {
            return true;
        }
        List<String> origins = headers.all("Origin");
        if (origins.isEmpty()) {
            return !everyRequest || isWithoutEffect(method) || "same-origin".equals(headers.first("Sec-Fetch-Site"));
        }
        // The page that the gate's own host serves sends its own Origin along with a POST: it is the nearest of all,
        // and
        // it needs no entry in the list.
        return only(origins)
                .filter(origin -> allowed.contains(origin) || origin.isOf(forwarding))
                .isPresent();
    }

    /** {@return what whoever was refused may do about it} */
    String reason() {
        return everyRequest
                ? "Pages must have their Origin on the list of LITELLM_ALLOWED_ORIGIN; other programs send Sec-Fetch-Site: same-origin."
                : "A WebSocket must come from a page of this host: its Origin and the Host field don't match.";
    }

    /** {@return the fields that make an answer readable to an allowed page of another site} */
    HeaderFields cors(HeaderFields headers) {
        if (!everyRequest || allowed.isEmpty()) {
            return NO_FIELDS;
        }
        List<String> origins = headers.all("Origin");
        if (only(origins).filter(allowed::contains).isEmpty()) {
            return HeaderFields.of("Vary", "Origin");
        }
        return HeaderFields.of(
                "Access-Control-Allow-Origin",
                origins.get(0),
                "Access-Control-Allow-Credentials",
                "true",
                "Vary",
                "Origin");
    }

    /** {@return the answer to a CORS preflight, empty when this isn't one; other origins' hold no permission} */
    Optional<HeaderFields> preflight(String method, HeaderFields headers) {
        if (!everyRequest
                || !method.equals("OPTIONS")
                || headers.first("Origin") == null
                || headers.first("Access-Control-Request-Method") == null) {
            return Optional.empty();
        }
        List<String> origins = headers.all("Origin");
        if (only(origins).filter(allowed::contains).isEmpty()) {
            return Optional.of(HeaderFields.of("Vary", "Origin"));
        }
        return Optional.of(HeaderFields.of(
                "Access-Control-Allow-Origin",
                origins.get(0),
                "Access-Control-Allow-Credentials",
                "true",
                "Access-Control-Allow-Methods",
                METHODS,
                "Access-Control-Allow-Headers",
                String.join(", ", headers.all("Access-Control-Request-Headers")),
                "Vary",
                "Origin"));
    }

    private static Optional<Origin> only(List<String> origins) {
        return origins.size() == 1 ? Origin.parse(origins.get(0)) : Optional.empty();
    }

    private static boolean isWithoutEffect(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }
}
