package io.pingate.proxy.headers;

import io.pingate.GateCookie;
import io.pingate.TokenFields;
import io.pingate.http.HeaderFields;
import io.pingate.http.syntax.CommaList;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.headers.HeaderActions.Action;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of a request's fields on their way to the upstream. */
final class RequestFields {
    private final GateCookie cookie;
    private final HeaderActions actions;
    private final HeaderActions trailerActions;
    private final HeaderFields whenSignedIn;
    private final String keySubprotocol;
    private final @Nullable UpstreamName upstreamName;

    /** Subprotocols that begin with the last one hold a client's key; they matter where the actions have SUBPROTOCOLS. */
    RequestFields(GateCookie cookie, HeaderActions actions, HeaderFields whenSignedIn, String keySubprotocol) {
        this(cookie, actions, whenSignedIn, keySubprotocol, null);
    }

    private RequestFields(
            GateCookie cookie,
            HeaderActions actions,
            HeaderFields whenSignedIn,
            String keySubprotocol,
            @Nullable UpstreamName upstreamName) {
        this.cookie = cookie;
        this.actions = actions;
        this.trailerActions = TrailerRules.after(actions);
        this.whenSignedIn = whenSignedIn;
        this.keySubprotocol = keySubprotocol;
        this.upstreamName = upstreamName;
    }

    /** The same for an upstream that is asked by a name of its own. */
    RequestFields with(UpstreamName name) {
        return new RequestFields(
                cookie, actions.with(Action.UPSTREAM_NAME, List.of("Origin")), whenSignedIn, keySubprotocol, name);
    }

    void pass(
            HeaderFields client,
            Forwarding forwarding,
            boolean signedIn,
            BiConsumer<? super String, ? super String> upstream) {
        Set<String> hopByHop = ConnectionOptions.in(client);
        setHost(client, forwarding, upstream);
        client.forEach((name, value) -> {
            switch (hopByHop.contains(name) ? Action.DROP : actions.of(name)) {
                case PASS -> upstream.accept(name, value);
                case AUTHORIZATION -> passForeignCredentials(name, value, upstream);
                case COOKIE -> passOtherCookies(name, value, upstream);
                // A tool that relies on this field gets the truth in it; nobody else gets one.
                case CLIENT_ADDRESS -> upstream.accept(name, forwarding.client().toString());
                case SUBPROTOCOLS -> passSubprotocols(name, value, upstream);
                case UPSTREAM_NAME -> upstream.accept(name, origin(value, forwarding));
                case DROP, CLEAR_SITE_DATA -> {}
            }
        });
        setForwarded(forwarding, upstream);
        if (signedIn) {
            whenSignedIn.forEach(upstream);
        }
    }

    void passTrailers(HeaderFields client, BiConsumer<? super String, ? super String> upstream) {
        client.forEach((name, value) -> {
            if (trailerActions.of(name) == Action.PASS) {
                upstream.accept(name, value);
            }
        });
    }

    /**
     * First, as RFC 9110 section 7.2 asks for. A client of HTTP/1.0 may name no host: then the field is there and empty
     * (RFC 9112 section 3.2), so that nobody on the way fills in the upstream's own address.
     */
    private void setHost(
            HeaderFields client, Forwarding forwarding, BiConsumer<? super String, ? super String> upstream) {
        String host = upstreamName == null ? client.first("Host") : upstreamName.host();
        upstream.accept("Host", host == null ? forwarding.host() : host);
    }

    private String origin(String value, Forwarding forwarding) {
        return upstreamName == null ? value : upstreamName.origin(value, forwarding);
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

    /** What opens the gate is for the gate alone, be it good or not. */
    private static void passForeignCredentials(
            String name, String value, BiConsumer<? super String, ? super String> upstream) {
        if (!TokenFields.isOwn(value)) {
            upstream.accept(name, value);
        }
    }

    private void passSubprotocols(String name, String value, BiConsumer<? super String, ? super String> upstream) {
        String others = CommaList.of(value).stream()
                .filter(protocol -> !protocol.regionMatches(true, 0, keySubprotocol, 0, keySubprotocol.length()))
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            upstream.accept(name, others);
        }
    }
}
