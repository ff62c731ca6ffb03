package io.pingate.standalone.doctor;

import java.util.List;
import java.util.Map;

/** Whether the gate knows clients apart, for the throttle and for the tool's log. */
record ClientCheck(Place place, int gatePort, boolean gateTls, Map<String, String> facts) implements Check {
    @Override
    public String subject() {
        return "client address";
    }

    @Override
    public List<Finding> look() {
        String client = facts.getOrDefault("client", "");
        String peer = facts.getOrDefault("peer", "");
        if (!facts.getOrDefault("forwardedFor", "0").equals("0")) {
            return List.of(
                    Boolean.parseBoolean(facts.get("forwardedForCounts"))
                            ? Finding.ok("the gate takes you for " + client + ", as the front says")
                            : Finding.fail(
                                    "the gate takes everybody for " + peer + ": the front names clients, but is not"
                                            + " trusted, so one of them can use up the tries of all",
                                    "add " + peer + " to PINGATE_TRUSTED_PROXIES"));
        }
        if (place.port() == gatePort && place.isSecure() == gateTls) {
            return List.of(Finding.ok("no front; the gate takes you for " + client));
        }
        return List.of(Finding.warn(
                "the gate takes everybody for " + client
                        + ", since the front names no client: one of them can use up the tries of all",
                "let the front say it. nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; HAProxy: option"
                        + " forwardfor; Caddy and Traefik do by themselves"));
    }
}
