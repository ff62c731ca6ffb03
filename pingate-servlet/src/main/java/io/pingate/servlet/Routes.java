package io.pingate.servlet;

import io.pingate.proxy.AllowedPaths;
import io.pingate.proxy.HeaderRules;
import io.pingate.proxy.IdentityHeaders;
import io.pingate.proxy.OriginRules;
import io.pingate.proxy.Route;
import io.pingate.proxy.RouteTable;
import io.pingate.proxy.Upstream;
import java.util.ArrayList;
import java.util.List;

/** Reads where requests go to, and with which headers. */
final class Routes {
    /** Stands in for a key that can't be used, so that the other settings of its route are judged too. */
    private static final String UNUSABLE = "unusable";

    private Routes() {}

    static RouteTable read(SettingsReader settings, String cookieName, String gatePath, IdentityHeaders identity) {
        List<Route> routes = new ArrayList<>();
        if (settings.isGiven(Setting.LITELLM_MASTER_KEY) || settings.isGiven(Setting.LITELLM_MASTER_KEY_FILE)) {
            routes.add(llm(settings, cookieName, gatePath, identity));
        }
        Upstream tool = settings.required(Setting.UPSTREAM, text -> reachable(Upstream.parse(text)));
        HeaderRules rules = HeaderRules.forTool(cookieName, identity)
                .sharedCaches(settings.required(Setting.SHARED_CACHE, Values::truth));
        HeaderRules headers = settings.required(Setting.UPSTREAM_HOST, host -> asked(rules, tool, host));
        routes.add(Route.toTool(tool, headers, OriginRules.forHandshakes("")));
        return new RouteTable(routes);
    }

    /** Rules by which the upstream is asked by that name. */
    private static HeaderRules asked(HeaderRules rules, Upstream upstream, String host) {
        return switch (host) {
            case "client" -> rules;
            case "upstream" -> rules.withHost(upstream.scheme(), ownName(upstream));
            default -> rules.withHost(upstream.scheme(), host);
        };
    }

    /** As a browser would write it: the scheme's own port is left out. */
    private static String ownName(Upstream upstream) {
        int usual = upstream.scheme().equals("https") ? 443 : 80;
        return upstream.port() == usual ? upstream.host() : upstream.host() + ":" + upstream.port();
    }

    /** Where everything goes that no other route takes. */
    static Route tool(RouteTable routes) {
        return routes.routes().get(routes.routes().size() - 1);
    }

    /** The core knows no file system. */
    private static Upstream reachable(Upstream upstream) {
        String socket = upstream.unixPath();
        if (socket != null) {
            Values.path(socket);
        }
        return upstream;
    }

    private static Route llm(SettingsReader settings, String cookieName, String gatePath, IdentityHeaders identity) {
        HeaderRules headers = settings.secret(
                        Setting.LITELLM_MASTER_KEY,
                        Setting.LITELLM_MASTER_KEY_FILE,
                        key -> HeaderRules.forLlm(cookieName, identity, key))
                .orElseGet(() -> HeaderRules.forLlm(cookieName, identity, UNUSABLE));
        Upstream server =
                settings.required(Setting.LITELLM_INTERNAL, text -> reachable(Upstream.parseWithBasePath(text)));
        if (settings.isGiven(Setting.LITELLM_ALLOWED_ORIGIN)) {
            settings.warn(
                    "LITELLM_ALLOWED_ORIGIN helps pages of the gate's own site only: https://chat.example.org for a"
                            + " gate at https://gate.example.org. Browsers send the gate's cookie (SameSite=Lax) for no other"
                            + " site's pages, so those get 401.");
        }
        OriginRules origins = settings.optional(Setting.LITELLM_ALLOWED_ORIGIN, OriginRules::forEveryRequest)
                .orElseGet(() -> OriginRules.forEveryRequest(""));
        AllowedPaths paths = settings.optional(Setting.LITELLM_ALLOWED_PATHS, AllowedPaths::parse)
                .orElseGet(AllowedPaths::inference);
        return settings.required(Setting.LITELLM_PROXY_PATH, prefix -> {
            if (prefix.equals(gatePath) || prefix.startsWith(gatePath + "/")) {
                throw new IllegalArgumentException("must not be where the gate's own pages are; write another path");
            }
            return Route.toLlm(prefix, server, headers, origins, paths);
        });
    }
}
