package io.pingate.proxy;

import io.pingate.GateCookie;
import io.pingate.HeaderFields;
import io.pingate.proxy.FieldFates.Fate;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the header fields of a request and its response on their way through the gate.
 *
 * <p>Fields that concern one connection only are dropped (RFC 9110 section 7.6.1), then the gate sets its own, so that no
 * {@code Connection: X-Trusted-User-Email} can remove them. Everything else passes: in order, with duplicates, empty
 * values and bytes above ASCII. Built once for each route; safe for use by many threads.
 */
public final class HeaderRules {
    /** All the fields in which LiteLLM, and the providers' APIs that it speaks, look for a key. */
    private static final List<String> CREDENTIALS = List.of(
            "Authorization",
            "X-API-Key",
            "API-Key",
            "X-Goog-API-Key",
            "X-LiteLLM-API-Key",
            "Ocp-Apim-Subscription-Key");

    /** How a page hands OpenAI's realtime API a key, since browsers let it set no other field of a handshake. */
    private static final String KEY_AS_SUBPROTOCOL = "openai-insecure-api-key.";

    private final GateCookie cookie;
    private final FieldFates requestFates;
    private final FieldFates responseFates;
    private final HeaderFields whenSignedIn;
    private final @Nullable String secret;
    private final @Nullable UpstreamName upstreamName;

    private HeaderRules(
            GateCookie cookie,
            FieldFates requestFates,
            FieldFates responseFates,
            HeaderFields whenSignedIn,
            @Nullable String secret,
            @Nullable UpstreamName upstreamName) {
        this.cookie = cookie;
        this.requestFates = requestFates;
        this.responseFates = responseFates;
        this.whenSignedIn = whenSignedIn;
        this.secret = secret;
        this.upstreamName = upstreamName;
    }

    /**
     * Rules for the tool behind the gate.
     *
     * @param cookieName the gate's cookie, which the tool never sees and can't set
     * @param identity what tells the tool who is signed in
     * @return the rules
     */
    public static HeaderRules forTool(String cookieName, IdentityHeaders identity) {
        FieldFates response =
                FieldFates.passing().with(Fate.DROP, FieldRules.HOP_BY_HOP).with(Fate.COOKIE, List.of("Set-Cookie"));
        return new HeaderRules(
                new GateCookie(cookieName), requestFates(identity), response, identity.fields(), null, null);
    }

    /**
     * Rules for an LLM server: the client's keys and cookies stay outside, the server's own key is put in, and its CORS
     * fields and cookies stay inside.
     *
     * @param cookieName the gate's cookie
     * @param identity whose names are dropped; the LLM server isn't told who is signed in
     * @param masterKey the server's key, sent for signed-in requests only
     * @return the rules
     * @throws IllegalArgumentException when the key can't be sent in a field
     */
    public static HeaderRules forLlm(String cookieName, IdentityHeaders identity, String masterKey) {
        if (masterKey.isEmpty() || !masterKey.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("master key: must be visible ASCII characters without spaces");
        }
        FieldFates request = requestFates(identity)
                .with(Fate.DROP, CREDENTIALS)
                .with(Fate.DROP, List.of("Cookie"))
                .with(Fate.SUBPROTOCOLS, List.of("Sec-WebSocket-Protocol"));
        FieldFates response = FieldFates.passing()
                .with(Fate.DROP, FieldRules.HOP_BY_HOP)
                .with(Fate.DROP, List.of("Access-Control-*", "Set-Cookie"));
        HeaderFields bearer = HeaderFields.of("Authorization", "Bearer " + masterKey);
        return new HeaderRules(new GateCookie(cookieName), request, response, bearer, masterKey, null);
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
        return new HeaderRules(
                cookie,
                requestFates.with(Fate.UPSTREAM_NAME, List.of("Origin")),
                responseFates.with(Fate.UPSTREAM_NAME, List.of("Location")),
                whenSignedIn,
                secret,
                UpstreamName.of(scheme, host));
    }

    private static FieldFates requestFates(IdentityHeaders identity) {
        return FieldFates.passing()
                .with(Fate.COOKIE, List.of("Cookie"))
                .with(Fate.CLIENT_ADDRESS, List.of("X-Real-IP"))
                .with(Fate.DROP, identity.names())
                .with(Fate.DROP, FieldRules.SET_BY_GATE)
                .with(Fate.DROP, FieldRules.HOP_BY_HOP)
                // The length frames the message, and whoever writes the message frames it (RFC 9112 section 6).
                .with(Fate.DROP, List.of("Content-Length"));
    }

    /**
     * Passes a request's fields on.
     *
     * @param client the fields that the client sent
     * @param forwarding how the client reached the gate
     * @param signedIn whether a valid cookie came along; without one no identity is sent
     * @param upstream takes the fields for the upstream
     */
    public void request(
            HeaderFields client,
            Forwarding forwarding,
            boolean signedIn,
            BiConsumer<? super String, ? super String> upstream) {
        Set<String> hopByHop = ConnectionOptions.in(client);
        setHost(client.first("Host"), forwarding, upstream);
        client.forEach((name, value) -> {
            switch (hopByHop.contains(name) ? Fate.DROP : requestFates.of(name)) {
                case PASS -> upstream.accept(name, value);
                case COOKIE -> passOtherCookies(name, value, upstream);
                // A tool that relies on this field gets the truth in it; nobody else gets one.
                case CLIENT_ADDRESS -> upstream.accept(name, forwarding.client().toString());
                case SUBPROTOCOLS -> passSubprotocols(name, value, upstream);
                case UPSTREAM_NAME -> upstream.accept(name, origin(value, forwarding));
                case DROP -> {}
            }
        });
        setForwarded(forwarding, upstream);
        if (signedIn) {
            whenSignedIn.forEach(upstream);
        }
    }

    /**
     * Passes a response's fields on.
     *
     * @param upstream the fields that the upstream sent
     * @param client takes the fields for the client
     */
    public void response(HeaderFields upstream, BiConsumer<? super String, ? super String> client) {
        Set<String> hopByHop = ConnectionOptions.in(upstream);
        upstream.forEach((name, value) -> {
            Fate fate = hopByHop.contains(name) ? Fate.DROP : responseFates.of(name);
            if (fate == Fate.PASS || (fate == Fate.COOKIE && !cookie.isSetBy(value))) {
                client.accept(name, redacted(value));
            } else if (fate == Fate.UPSTREAM_NAME) {
                client.accept(name, location(redacted(value)));
            }
        });
    }

    /**
     * Passes a request's trailer fields on, but for those that mean something in a head alone.
     *
     * @param client the trailer fields that the client sent
     * @param upstream takes the fields for the upstream
     */
    public void requestTrailers(HeaderFields client, BiConsumer<? super String, ? super String> upstream) {
        client.forEach((name, value) -> {
            if (requestFates.of(name) == Fate.PASS && !FieldRules.isForHeadsOnly(name)) {
                upstream.accept(name, value);
            }
        });
    }

    /**
     * Passes a response's trailer fields on, but for those that mean something in a head alone.
     *
     * @param upstream the trailer fields that the upstream sent
     * @param client takes the fields for the client
     */
    public void responseTrailers(HeaderFields upstream, BiConsumer<? super String, ? super String> client) {
        upstream.forEach((name, value) -> {
            if (responseFates.of(name) == Fate.PASS && !FieldRules.isForHeadsOnly(name)) {
                client.accept(name, redacted(value));
            }
        });
    }

    /** First, as RFC 9110 section 7.2 asks for. A client of HTTP/1.0 or HTTP/2 may have named its host elsewhere. */
    private void setHost(
            @Nullable String host, Forwarding forwarding, BiConsumer<? super String, ? super String> upstream) {
        String named = upstreamName != null ? upstreamName.host() : host == null ? forwarding.host() : host;
        if (!named.isEmpty()) {
            upstream.accept("Host", named);
        }
    }

    private String origin(String value, Forwarding forwarding) {
        return upstreamName == null ? value : upstreamName.origin(value, forwarding);
    }

    private String location(String value) {
        return upstreamName == null ? value : upstreamName.location(value);
    }

    private static void setForwarded(Forwarding forwarding, BiConsumer<? super String, ? super String> upstream) {
        upstream.accept("X-Forwarded-For", forwarding.forwardedFor());
        upstream.accept("X-Forwarded-Proto", forwarding.scheme());
        if (!forwarding.host().isEmpty()) {
            upstream.accept("X-Forwarded-Host", forwarding.host());
        }
        upstream.accept("X-Forwarded-Port", Integer.toString(forwarding.port()));
    }

    private void passOtherCookies(String name, String value, BiConsumer<? super String, ? super String> upstream) {
        String others = cookie.cutFrom(value);
        if (others != null) {
            upstream.accept(name, others);
        }
    }

    private static void passSubprotocols(
            String name, String value, BiConsumer<? super String, ? super String> upstream) {
        String others = CommaList.of(value).stream()
                .filter(protocol ->
                        !protocol.regionMatches(true, 0, KEY_AS_SUBPROTOCOL, 0, KEY_AS_SUBPROTOCOL.length()))
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            upstream.accept(name, others);
        }
    }

    /** An upstream that echoes its request would hand the key to the page. */
    private String redacted(String value) {
        return secret == null ? value : value.replace(secret, "[redacted]");
    }

    /** {@return a name without the fields, which may hold a key} */
    @Override
    public String toString() {
        return "HeaderRules";
    }
}
