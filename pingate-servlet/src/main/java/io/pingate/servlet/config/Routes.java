package io.pingate.servlet.config;

import io.pingate.proxy.Route;
import io.pingate.proxy.RouteTable;
import io.pingate.proxy.Upstream;
import io.pingate.proxy.headers.HeaderRules;
import io.pingate.proxy.headers.IdentityHeaders;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.Values;
import java.util.ArrayList;
import java.util.List;

/** Reads where requests go to, and with which headers. */
public final class Routes {
    private Routes() {}

    public static RouteTable read(
            SettingsReader settings, String cookieName, IdentityHeaders identity, List<Route> mounted) {
        List<Route> routes = new ArrayList<>(mounted);
        Upstream tool = upstream(settings);
        HeaderRules rules = HeaderRules.forTool(cookieName, identity)
                .sharedCaches(settings.required(Setting.SHARED_CACHE, Values::truth));
        HeaderRules headers = settings.required(Setting.UPSTREAM_HOST, host -> asked(rules, tool, host));
        routes.add(Route.toTool(tool, headers));
        return new RouteTable(routes);
    }

    /** The tool's address. */
    public static Upstream upstream(SettingsReader settings) {
        return settings.required(Setting.UPSTREAM, text -> reachable(Upstream.of(text)));
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
    public static Route tool(RouteTable routes) {
        return routes.routes().get(routes.routes().size() - 1);
    }

    /** The core knows no file system. */
    public static Upstream reachable(Upstream upstream) {
        String socket = upstream.unixPath();
        if (socket != null) {
            Values.path(socket);
        }
        return upstream;
    }
}
