package io.pingate.proxy;

import io.pingate.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which sites' pages may reach a route, by the Origin field that browsers send (RFC 6454 section 7, Fetch).
 *
 * <p>The gate's own host is always allowed. It is compared as host and port, without the scheme: behind a tunnel that
 * ends TLS the gate may not know that the page came by https.
 */
public final class OriginRules {
    private static final HeaderFields VARY = HeaderFields.of("Vary", "Origin");

    /** With credentials, {@code *} would mean a method of that name (Fetch, CORS protocol and credentials). */
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private final Set<Origin> allowed;
    private final boolean everyRequest;

    private OriginRules(String allowed, boolean everyRequest) {
        this.allowed = CommaList.of(allowed).stream().map(Origin::configured).collect(Collectors.toUnmodifiableSet());
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
        // A page of the gate's own host sends its Origin along with a POST: it is the nearest of all and needs no
        // entry.
        return only(origins)
                .filter(origin -> allowed.contains(origin) || origin.isOf(forwarding))
                .isPresent();
    }

    /** {@return what whoever was refused may do about it} */
    String reason() {
        return everyRequest
                ? "A page's Origin must be on the list of LITELLM_ALLOWED_ORIGIN; a program without a page sends"
                        + " Sec-Fetch-Site: same-origin instead."
                : "A WebSocket must be opened by a page of this host: its Origin names another one.";
    }

    /** {@return the fields that make an answer readable to an allowed page of another site} */
    HeaderFields cors(HeaderFields headers) {
        if (!everyRequest || allowed.isEmpty()) {
            return HeaderFields.of();
        }
        return allowedOrigin(headers)
                .map(origin -> HeaderFields.of(permission(origin)))
                .orElse(VARY);
    }

    /** {@return the answer to a CORS preflight, which permits other origins nothing; empty when this isn't a preflight} */
    Optional<HeaderFields> preflight(String method, HeaderFields headers) {
        if (!everyRequest
                || !method.equals("OPTIONS")
                || headers.first("Origin") == null
                || headers.first("Access-Control-Request-Method") == null) {
            return Optional.empty();
        }
        return allowedOrigin(headers)
                .map(origin -> HeaderFields.of(preflightPermission(origin, headers)))
                .or(() -> Optional.of(VARY));
    }

    private Optional<String> allowedOrigin(HeaderFields headers) {
        List<String> origins = headers.all("Origin");
        return only(origins).filter(allowed::contains).map(origin -> origins.get(0));
    }

    private static List<Map.Entry<String, String>> permission(String origin) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        fields.add(Map.entry("Access-Control-Allow-Origin", origin));
        fields.add(Map.entry("Access-Control-Allow-Credentials", "true"));
        // Without it a cache could hand one origin's answer to another (Fetch, CORS protocol and HTTP caches).
        fields.add(Map.entry("Vary", "Origin"));
        return fields;
    }

    private static List<Map.Entry<String, String>> preflightPermission(String origin, HeaderFields headers) {
        List<Map.Entry<String, String>> fields = permission(origin);
        fields.add(Map.entry("Access-Control-Allow-Methods", METHODS));
        headers.all("Access-Control-Request-Headers")
                .forEach(asked -> fields.add(Map.entry("Access-Control-Allow-Headers", asked)));
        return fields;
    }

    private static Optional<Origin> only(List<String> origins) {
        return origins.size() == 1 ? Origin.parse(origins.get(0)) : Optional.empty();
    }

    private static boolean isWithoutEffect(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }
}
