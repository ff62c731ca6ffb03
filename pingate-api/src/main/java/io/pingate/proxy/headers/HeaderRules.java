package io.pingate.proxy.headers;

import io.pingate.GateCookie;
import io.pingate.http.HeaderFields;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.headers.HeaderActions.Action;
import java.util.List;

/**
 * What becomes of the header fields of a request and its response on their way through the gate.
 *
 * <p>Fields that concern one connection only are dropped (RFC 9110 section 7.6.1), then the gate sets its own, so that no
 * {@code Connection: X-Trusted-User-Email} can remove them. Everything else passes: in order, with duplicates, empty
 * values and bytes above ASCII. Built once for each route; safe for use by many threads.
 */
public final class HeaderRules {
    private final RequestFields requestFields;
    private final ResponseFields responseFields;
    private final boolean sharedCaches;

    private HeaderRules(RequestFields requestFields, ResponseFields responseFields, boolean sharedCaches) {
        this.requestFields = requestFields;
        this.responseFields = responseFields;
        this.sharedCaches = sharedCaches;
    }

    /**
     * Rules for the tool behind the gate.
     *
     * @param cookieName the gate's cookie, which the tool never sees and can't set
     * @param identity what tells the tool who is signed in
     * @return the rules
     */
    public static HeaderRules forTool(String cookieName, IdentityHeaders identity) {
        GateCookie cookie = new GateCookie(cookieName);
        HeaderActions response = responseActions().with(Action.COOKIE, List.of("Set-Cookie"));
        return new HeaderRules(
                new RequestFields(cookie, requestActions(identity), identity.fields(), ""),
                new ResponseFields(cookie, response, null),
                false);
    }

    /**
     * Rules for an API whose key the gate keeps: the client's keys and cookies stay outside, the gate's key is put in, and
     * the API's CORS fields and cookies are dropped on the way back, since the gate has its own.
     *
     * @param cookieName the gate's cookie
     * @param identity whose names are dropped; the API isn't told who is signed in
     * @param key the key, sent for signed-in requests only
     * @return the rules
     */
    public static HeaderRules forApi(String cookieName, IdentityHeaders identity, ApiKey key) {
        HeaderActions request = requestActions(identity)
                .with(Action.DROP, key.clientFields())
                .with(Action.DROP, List.of("Cookie"))
                .with(Action.SUBPROTOCOLS, List.of("Sec-WebSocket-Protocol"));
        HeaderActions response = responseActions().with(Action.DROP, List.of("Access-Control-*", "Set-Cookie"));
        GateCookie cookie = new GateCookie(cookieName);
        return new HeaderRules(
                new RequestFields(cookie, request, key.sent(), key.subprotocolPrefix()),
                new ResponseFields(cookie, response, key.key()),
                false);
    }

    /**
     * Adds that the upstream is asked by a name of its own, and not by the one that the client used: in Host, and in Origin
     * where that is the gate's. A redirect to that name leads to the gate again.
     *
     * @param scheme the upstream's scheme
     * @param host {@code host} or {@code host:port}
     * @return the rules with this one
     * @throws IllegalArgumentException when that is no host
     */
    public HeaderRules withHost(String scheme, String host) {
        UpstreamName name = UpstreamName.of(scheme, host);
        return new HeaderRules(requestFields.with(name), responseFields.with(name), sharedCaches);
    }

    private static HeaderActions responseActions() {
        return HeaderActions.passing()
                .with(Action.CLEAR_SITE_DATA, List.of(ClearSiteData.NAME))
                .with(Action.DROP, FieldRules.HOP_BY_HOP);
    }

    private static HeaderActions requestActions(IdentityHeaders identity) {
        return HeaderActions.passing()
                .with(Action.COOKIE, List.of("Cookie"))
                .with(Action.AUTHORIZATION, List.of("Authorization"))
                .with(Action.CLIENT_ADDRESS, List.of("X-Real-IP"))
                // What only a gate says, so that nobody takes a client's word for it; and the field of its tokens.
                .with(Action.DROP, List.of("X-Pingate", "X-Pingate-*"))
                .with(Action.DROP, identity.names())
                .with(Action.DROP, FieldRules.SET_BY_GATE)
                .with(Action.DROP, FieldRules.HOP_BY_HOP)
                // The length frames the message, and whoever writes the message frames it (RFC 9112 section 6).
                .with(Action.DROP, List.of("Content-Length"));
    }

    /**
     * Rules that leave it to the upstream what shared caches may keep, also of what signed-in clients get. For an upstream
     * whose answers are the same for everybody; what carries the gate's cookie is kept by nobody all the same.
     *
     * @param allowed whether shared caches may keep what the upstream says they may; false is the default
     * @return these rules with that
     */
    public HeaderRules sharedCaches(boolean allowed) {
        return new HeaderRules(requestFields, responseFields, allowed);
    }

    /**
     * What a request's fields become.
     *
     * @param clientRequest the fields that the client sent
     * @param forwarding how the client reached the gate
     * @param signedIn whether a valid cookie came along; without one no identity is sent
     * @return a view of the fields for the upstream, worked out whenever it is read
     */
    public HeaderFields upstreamRequest(HeaderFields clientRequest, Forwarding forwarding, boolean signedIn) {
        return sink -> requestFields.pass(clientRequest, forwarding, signedIn, sink);
    }

    /**
     * What a request's trailers become: those pass that may stand behind a body, and would have passed in the head.
     *
     * @param clientRequest the trailers that the client sent
     * @return a view of the trailers for the upstream
     */
    public HeaderFields upstreamRequestTrailers(HeaderFields clientRequest) {
        return sink -> requestFields.passTrailers(clientRequest, sink);
    }

    /**
     * What a response's fields become.
     *
     * @param upstreamResponse the fields that the upstream sent
     * @param scope who may keep the answer
     * @return a view of the fields for the client, worked out whenever it is read
     */
    public HeaderFields clientResponse(HeaderFields upstreamResponse, CacheScope scope) {
        CacheScope kept = sharedCaches && scope == CacheScope.PRIVATE ? CacheScope.AS_SAID : scope;
        return sink -> responseFields.pass(upstreamResponse, kept, sink);
    }

    /**
     * What a response's trailers become: those pass that may stand behind a body, and would have passed in the head.
     *
     * @param upstreamResponse the trailers that the upstream sent
     * @return a view of the trailers for the client
     */
    public HeaderFields clientResponseTrailers(HeaderFields upstreamResponse) {
        return sink -> responseFields.passTrailers(upstreamResponse, sink);
    }

    /** {@return a name without the fields, which may hold a key} */
    @Override
    public String toString() {
        return "HeaderRules";
    }
}
