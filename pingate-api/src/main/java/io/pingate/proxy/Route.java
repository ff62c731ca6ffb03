package io.pingate.proxy;

import io.pingate.HeaderFields;
import io.pingate.RequestTarget;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A part of the gate's paths, the upstream that serves it, and the rules between them. */
public final class Route {
    private final String prefix;
    private final Upstream upstream;
    private final HeaderRules headers;
    private final OriginRules origins;
    private final AllowedPaths paths;
    private final boolean alwaysPrivate;
    private final Redirects redirects;

    private Route(
            String prefix,
            Upstream upstream,
            HeaderRules headers,
            OriginRules origins,
            AllowedPaths paths,
            boolean alwaysPrivate) {
        this.prefix = prefix;
        this.upstream = upstream;
        this.headers = headers;
        this.origins = origins;
        this.paths = paths;
        this.alwaysPrivate = alwaysPrivate;
        this.redirects = new Redirects(prefix, upstream);
    }

    /**
     * Makes the route of the tool behind the gate: every path, byte for byte.
     *
     * @param upstream where the tool listens
     * @param headers the rules for header fields, {@link HeaderRules#forTool}
     * @param origins which pages may open WebSockets, {@link OriginRules#forHandshakes}
     * @return the route
     */
    public static Route toTool(Upstream upstream, HeaderRules headers, OriginRules origins) {
        return new Route("", upstream, headers, origins, AllowedPaths.unjudged(), false);
    }

    /**
     * Makes the route of an LLM server: for signed-in requests only, also where a path is public.
     *
     * @param prefix where it is mounted, as in {@code /api/llm}
     * @param upstream where the server listens
     * @param headers the rules for header fields, {@link HeaderRules#forLlm}
     * @param origins which pages may ask, {@link OriginRules#forEveryRequest}
     * @param paths what may be asked for
     * @return the route
     * @throws IllegalArgumentException when the prefix isn't a plain path
     */
    public static Route toLlm(
            String prefix, Upstream upstream, HeaderRules headers, OriginRules origins, AllowedPaths paths) {
        if (prefix.length() < 2 || prefix.endsWith("/") || !RequestTarget.isPlainPath(prefix)) {
            throw new IllegalArgumentException(
                    "prefix: must be a plain path without a slash at its end, as in /api/llm");
        }
        return new Route(prefix, upstream, headers, origins, paths, true);
    }

    /** {@return where the upstream listens} */
    public Upstream upstream() {
        return upstream;
    }

    /** {@return the rules for header fields} */
    public HeaderRules headers() {
        return headers;
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
     * Passes a response's fields on, by the rules for header fields. A redirect within an upstream that is mounted under a
     * prefix leads under it again, so that a client follows it through the gate.
     *
     * @param forwarding how the client reached the gate
     * @param upstream the fields that the upstream sent
     * @param scope who may keep the answer
     * @param client takes the fields for the client
     */
    public void answer(
            Forwarding forwarding,
            HeaderFields upstream,
            CacheScope scope,
            BiConsumer<? super String, ? super String> client) {
        headers.response(
                upstream,
                scope,
                prefix.isEmpty()
                        ? client
                        : (name, value) -> client.accept(
                                name, name.equalsIgnoreCase("Location") ? redirects.map(value, forwarding) : value));
    }

    /**
     * Answers a CORS preflight of this route. Browsers send those without cookies, so ask before the gate is asked.
     *
     * @param method the request's method
     * @param target the request target
     * @param headers the client's header fields
     * @return the fields of an answer with status 204, empty when the request isn't a preflight of this route
     */
    public Optional<HeaderFields> preflight(String method, RequestTarget target, HeaderFields headers) {
        return matches(target) ? origins.preflight(method, headers) : Optional.empty();
    }

    /**
     * Says what every answer to a request of this route carries, whoever writes it and whatever it says: without it a page
     * of an allowed origin could not even read that it has to sign in.
     *
     * @param headers the client's header fields
     * @return the CORS fields, empty for a route without any
     */
    public HeaderFields answerFields(HeaderFields headers) {
        return origins.cors(headers);
    }

    /**
     * Judges a request of this route, WebSocket handshakes included.
     *
     * @param method the request's method
     * @param target the request target
     * @param forwarding how the client reached the gate
     * @param signedIn whether a valid cookie came along, which isn't so on a public path
     * @param headers the client's header fields
     * @return what to do with it
     */
    public RouteVerdict judge(
            String method, RequestTarget target, Forwarding forwarding, boolean signedIn, HeaderFields headers) {
        HeaderFields cors = answerFields(headers);
        if (alwaysPrivate && !signedIn) {
            return new RouteVerdict.Refuse(401, "Sign in first.", cors);
        }
        if (!origins.permit(method, forwarding, headers)) {
            return new RouteVerdict.Refuse(403, origins.reason(), cors);
        }
        if (!paths.permit(RequestTarget.parse(rest(target)))) {
            return new RouteVerdict.Refuse(403, "This path isn't on the list of LITELLM_ALLOWED_PATHS.", cors);
        }
        return new RouteVerdict.Pass(cors);
    }

    private String rest(RequestTarget target) {
        String rest = target.raw().substring(prefix.length());
        return rest.startsWith("/") ? rest : "/" + rest;
    }
}
