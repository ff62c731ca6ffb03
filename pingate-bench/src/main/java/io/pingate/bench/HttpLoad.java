package io.pingate.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests of one kind.
 *
 * @param name of the mode
 * @param title as RESULTS.md says it
 * @param path what is asked for
 * @param connections how many ask at a time
 * @param isSignedIn whether they have the cookie
 * @param weight how many of the small requests one of these is worth, for warming up
 * @param kinds the gates that are asked
 */
record HttpLoad(
        String name, String title, String path, int connections, boolean isSignedIn, int weight, List<String> kinds) {
    private static final List<String> PROXIES =
            List.of("no gate", "nginx", "HAProxy", "Caddy", "pingate", "Undertow", "Vert.x");
    private static final List<String> FAST = List.of("nginx", "HAProxy", "pingate", "Undertow");

    static final List<HttpLoad> ALL = List.of(
            new HttpLoad("1k", "1 KiB, 32 connections", "/1k", 32, true, 1, withContainers(PROXIES)),
            new HttpLoad("64k", "64 KiB, 32 connections", "/64k", 32, true, 4, PROXIES),
            new HttpLoad("16m", "16 MiB, 4 connections", "/16m", 4, true, 500, FAST),
            new HttpLoad(
                    "refused",
                    "Refused: no cookie, 32 connections",
                    "/1k",
                    32,
                    false,
                    1,
                    withContainers(withoutFirst())));

    private static List<String> withContainers(List<String> kinds) {
        List<String> all = new ArrayList<>(kinds);
        all.addAll(List.of("WAR", "ProxyServlet"));
        return all;
    }

    private static List<String> withoutFirst() {
        return PROXIES.subList(1, PROXIES.size());
    }
}
