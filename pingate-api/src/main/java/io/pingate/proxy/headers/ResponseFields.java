package io.pingate.proxy.headers;

import io.pingate.GateCookie;
import io.pingate.http.HeaderFields;
import io.pingate.proxy.headers.HeaderActions.Action;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What becomes of a response's fields on their way to the client. */
final class ResponseFields {
    private static final String CACHE_CONTROL = "Cache-Control";

    private final GateCookie cookie;
    private final HeaderActions actions;
    private final HeaderActions privateActions;
    private final HeaderActions trailerActions;
    private final @Nullable String secret;
    private final @Nullable UpstreamName upstreamName;

    ResponseFields(GateCookie cookie, HeaderActions actions, @Nullable String secret) {
        this(cookie, actions, secret, null);
    }

    private ResponseFields(
            GateCookie cookie, HeaderActions actions, @Nullable String secret, @Nullable UpstreamName upstreamName) {
        this.cookie = cookie;
        this.actions = actions;
        this.privateActions =
                actions.with(Action.DROP, CacheControl.sharedFields()).with(Action.DROP, List.of(CACHE_CONTROL));
        this.trailerActions = TrailerRules.after(actions);
        this.secret = secret;
        this.upstreamName = upstreamName;
    }

    /** The same for an upstream that is asked by a name of its own. */
    ResponseFields with(UpstreamName name) {
        return new ResponseFields(cookie, actions.with(Action.UPSTREAM_NAME, List.of("Location")), secret, name);
    }

    void pass(HeaderFields upstream, CacheScope scope, BiConsumer<? super String, ? super String> client) {
        HeaderActions scoped = scope == CacheScope.AS_SAID ? actions : privateActions;
        Set<String> hopByHop = ConnectionOptions.in(upstream);
        upstream.forEach((name, value) -> {
            Action action = hopByHop.contains(name) ? Action.DROP : scoped.of(name);
            if (action == Action.PASS || (action == Action.COOKIE && !cookie.isSetBy(value))) {
                hand(name, value, client);
            } else if (action == Action.UPSTREAM_NAME && upstreamName != null) {
                hand(name, upstreamName.location(value), client);
            } else if (action == Action.CLEAR_SITE_DATA) {
                String kept = ClearSiteData.withoutCookies(value);
                if (kept != null) {
                    hand(name, kept, client);
                }
            }
        });
        if (scope != CacheScope.AS_SAID) {
            hand(CACHE_CONTROL, CacheControl.of(upstream.all(CACHE_CONTROL), scope), client);
        }
    }

    void passTrailers(HeaderFields upstream, BiConsumer<? super String, ? super String> client) {
        upstream.forEach((name, value) -> {
            if (trailerActions.of(name) == Action.PASS) {
                hand(name, value, client);
            }
        });
    }

    /** An upstream that echoes its request would hand the key to the page. HTTP/2 writes names in small letters. */
    private void hand(String name, String value, BiConsumer<? super String, ? super String> client) {
        if (secret == null) {
            client.accept(name, value);
        } else if (!containsIgnoringCase(name, secret)) {
            client.accept(name, value.replace(secret, "[redacted]"));
        }
    }

    private static boolean containsIgnoringCase(String name, String part) {
        for (int i = 0; i + part.length() <= name.length(); i++) {
            if (name.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }
}
