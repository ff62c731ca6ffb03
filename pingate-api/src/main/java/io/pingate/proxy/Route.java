package io.pingate.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.http.InvalidValueException;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.headers.CacheScope;
import io.pingate.proxy.headers.HeaderRules;
import io.pingate.proxy.headers.RewrittenFields;
import java.util.Optional;

/** A part of the gate's paths, the upstream that serves it, and the rules between them. */
public final class Route {
    private final String prefix;
    private final Upstream upstream;
    private final HeaderRules headers;
    private final RouteRules rules;
    private final boolean alwaysPrivate;
    private final ErrorShape errors;
    private final Redirects redirects;

    private Route(
            String prefix,
            Upstream upstream,
            HeaderRules headers,
            RouteRules rules,
            boolean alwaysPrivate,
            ErrorShape errors) {
        this.prefix = prefix;
        this.upstream = upstream;
        this.headers = headers;
        this.rules = rules;
        this.alwaysPrivate = alwaysPrivate;
        this.errors = errors;
        this.redirects = new Redirects(prefix, upstream);
    }

    /**
     * Makes the route of the tool behind the gate: every path, byte for byte. Only pages of the gate's own host may open
     * WebSockets.
     *
     * @param upstream where the tool listens
     * @param headers the rules for header fields, {@link HeaderRules#forTool}
     * @return the route
     */
    public static Route toTool(Upstream upstream, HeaderRules headers) {
        return new Route("", upstream, headers, new HandshakeRules(), false, ErrorShape.PLAIN);
    }

    /**
     * Makes a route of an upstream that is mounted under a prefix: for signed-in requests only, also where a path is
     * public.
     *
     * @param prefix where it is mounted, as in {@code /api/llm}
     * @param upstream where it listens
     * @param headers the rules for header fields, {@link HeaderRules#forApi}
     * @param rules what is asked of its requests
     * @param errors how the gate's own errors look there
     * @return the route
     * @throws IllegalArgumentException when the prefix isn't a plain path
     */
    public static Route mounted(
            String prefix, Upstream upstream, HeaderRules headers, RouteRules rules, ErrorShape errors) {
        if (prefix.length() < 2 || prefix.endsWith("/") || !RequestTarget.isPlainPath(prefix)) {
            throw new InvalidValueException(
                    "prefix", "must be a plain path without a slash at its end, as in /api/llm");
        }
        return new Route(prefix, upstream, headers, rules, true, errors);
    }

    /** {@return where the upstream listens} */
    public Upstream upstream() {
        return upstream;
    }

    /** {@return the rules for header fields} */
    public HeaderRules headers() {
        return headers;
    }

    /** {@return how the gate's own errors look on this route} */
    public ErrorShape errors() {
        return errors;
    }

    boolean isAlwaysPrivate() {
        return alwaysPrivate;
    }

    /**
     * Tells whether a request is this route's: its raw path is the prefix or goes on after it with a slash.
     *
     * @param target the request target
     * @return true when it is
     */
    public boolean matches(RequestTarget target) {
        String raw = target.raw();
        int end = prefix.length();
        return raw.startsWith(prefix) && (raw.length() == end || raw.charAt(end) == '/' || raw.charAt(end) == '?');
    }

    /**
     * Maps a target to the upstream's.
     *
     * @param target a target of this route
     * @return the upstream's base path and what follows the prefix, byte for byte
     */
    public String upstreamTarget(RequestTarget target) {
        return upstream.basePath() + rest(target);
    }

    /**
     * What a response's fields become, by the rules for header fields. A redirect within an upstream that is mounted under a
     * prefix leads under it again, so that a client follows it through the gate.
     *
     * @param forwarding how the client reached the gate
     * @param upstreamResponse the fields that the upstream sent
     * @param scope who may keep the answer
     * @return a view of the fields for the client
     */
    public HeaderFields clientResponse(Forwarding forwarding, HeaderFields upstreamResponse, CacheScope scope) {
        HeaderFields clientResponse = headers.clientResponse(upstreamResponse, scope);
        return prefix.isEmpty() ? clientResponse : redirected(clientResponse, forwarding);
    }

    private HeaderFields redirected(HeaderFields clientResponse, Forwarding forwarding) {
        return new RewrittenFields(
                clientResponse,
                (name, value) -> name.equalsIgnoreCase("Location") ? redirects.map(value, forwarding) : value,
                HeaderFields.NONE);
    }

    /**
     * Answers what browsers ask without their cookies, before the gate is asked.
     *
     * @param method the request's method
     * @param clientRequest the client's fields
     * @return the fields of an answer with status 204; empty for a request that is the gate's to judge
     */
    public Optional<HeaderFields> unaskedAnswer(String method, HeaderFields clientRequest) {
        return rules.unaskedAnswer(method, clientRequest);
    }

    /**
     * Says what every answer to a request of this route carries, whoever writes it and whatever it says.
     *
     * @param clientRequest the client's fields
     * @return the fields, none for a route without any
     */
    public HeaderFields answerFields(HeaderFields clientRequest) {
        return rules.answerFields(clientRequest);
    }

    /**
     * Judges a request of this route, WebSocket handshakes included.
     *
     * @param method the request's method
     * @param target the request target
     * @param forwarding how the client reached the gate
     * @param signedIn by what the client is signed in
     * @param clientRequest the client's fields
     * @return what to do with it
     */
    public RouteVerdict judge(
            String method, RequestTarget target, Forwarding forwarding, SignedIn signedIn, HeaderFields clientRequest) {
        HeaderFields answerFields = answerFields(clientRequest);
        if (alwaysPrivate && signedIn == SignedIn.NO) {
            return new RouteVerdict.Refuse(401, "Sign in first.", answerFields);
        }
        Optional<String> objection = rules.objection(method, below(target), forwarding, signedIn, clientRequest);
        return objection.isPresent()
                ? new RouteVerdict.Refuse(403, objection.get(), answerFields)
                : new RouteVerdict.Pass(answerFields);
    }

    /** The target as the upstream's own, but for its base path. */
    private RequestTarget below(RequestTarget target) {
        return prefix.isEmpty() ? target : RequestTarget.of(rest(target));
    }

    private String rest(RequestTarget target) {
        String rest = target.raw().substring(prefix.length());
        return rest.startsWith("/") ? rest : "/" + rest;
    }
}
