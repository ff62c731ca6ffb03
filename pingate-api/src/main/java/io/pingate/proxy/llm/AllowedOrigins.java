package io.pingate.proxy.llm;

import io.pingate.http.HeaderFields;
import io.pingate.http.InvalidValueException;
import io.pingate.http.syntax.CommaList;
import io.pingate.http.syntax.Origin;
import io.pingate.http.syntax.Preflight;
import io.pingate.proxy.SignedIn;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may use an API that spends somebody's money, by the Origin field that browsers send, and what they are told
 * by CORS (Fetch, section "CORS protocol"). The gate's own host is always among them.
 */
public final class AllowedOrigins {
    private static final HeaderFields VARY = HeaderFields.of("Vary", "Origin");

    /** With credentials, {@code *} would mean a method of that name (Fetch, CORS protocol and credentials). */
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private final Set<Origin> others;

    private AllowedOrigins(Set<Origin> others) {
        this.others = others;
    }

    /**
     * Reads a list.
     *
     * @param text origins besides the gate's own, separated by commas; empty for none
     * @return the origins
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static AllowedOrigins of(String text) {
        return new AllowedOrigins(
                CommaList.of(text).stream().map(AllowedOrigins::origin).collect(Collectors.toUnmodifiableSet()));
    }

    private static Origin origin(String text) {
        return Origin.parse(text)
                .orElseThrow(() -> new InvalidValueException(
                        "origin",
                        "must be scheme://host[:port] without a path, as in https://chat.example.org, and not '" + text
                                + "'"));
    }

    boolean permit(String method, Forwarding forwarding, SignedIn signedIn, HeaderFields clientRequest) {
        List<String> origins = clientRequest.all("Origin");
        if (origins.isEmpty()) {
            // No page can make a browser send a token that it doesn't know.
            return signedIn == SignedIn.BY_TOKEN
                    || method.equals("GET")
                    || method.equals("HEAD")
                    || "same-origin".equals(clientRequest.first("Sec-Fetch-Site"));
        }
        // A page of the gate's own host sends its Origin along with a POST: it is the nearest of all and needs no
        // entry.
        return Origin.only(origins)
                .filter(origin -> others.contains(origin) || forwarding.isOwn(origin))
                .isPresent();
    }

    /** The fields that make an answer readable to an allowed page of another site. */
    HeaderFields answerFields(HeaderFields clientRequest) {
        if (others.isEmpty()) {
            return HeaderFields.NONE;
        }
        return other(clientRequest)
                .map(origin -> HeaderFields.of(permission(origin)))
                .orElse(VARY);
    }

    /** The answer to a CORS preflight, which permits origins that are not listed nothing; empty when this isn't one. */
    Optional<HeaderFields> preflight(String method, HeaderFields clientRequest) {
        if (!Preflight.is(method, clientRequest)) {
            return Optional.empty();
        }
        return other(clientRequest)
                .map(origin -> HeaderFields.of(preflightPermission(origin, clientRequest)))
                .or(() -> Optional.of(VARY));
    }

    /** The field's value, when it names an origin of the list. */
    private Optional<String> other(HeaderFields clientRequest) {
        List<String> origins = clientRequest.all("Origin");
        return Origin.only(origins).filter(others::contains).map(origin -> origins.get(0));
    }

    private static List<Map.Entry<String, String>> permission(String origin) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        fields.add(Map.entry("Access-Control-Allow-Origin", origin));
        fields.add(Map.entry("Access-Control-Allow-Credentials", "true"));
        // Without it a cache could hand one origin's answer to another (Fetch, CORS protocol and HTTP caches).
        fields.add(Map.entry("Vary", "Origin"));
        return fields;
    }

    private static List<Map.Entry<String, String>> preflightPermission(String origin, HeaderFields clientRequest) {
        List<Map.Entry<String, String>> fields = permission(origin);
        fields.add(Map.entry("Access-Control-Allow-Methods", METHODS));
        clientRequest
                .all("Access-Control-Request-Headers")
                .forEach(asked -> fields.add(Map.entry("Access-Control-Allow-Headers", asked)));
        return fields;
    }
}
