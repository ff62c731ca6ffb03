package io.pingate.standalone.doctor;

import java.util.List;
import java.util.Map;

/** Whether Host arrives as browsers send it, so that forms and WebSockets of the own page are known. */
record HostCheck(Place place, Map<String, String> facts) implements Check {
    private static final String REMEDY =
            "nginx: proxy_set_header Host $http_host; Apache: ProxyPreserveHost On; Varnish, HAProxy"
                    + " and Caddy keep it unless told otherwise";

    @Override
    public String subject() {
        return "Host, Origin";
    }

    @Override
    public List<Finding> look() {
        String seen = facts.getOrDefault("host", "");
        if (!Boolean.parseBoolean(facts.get("ownPage"))) {
            return List.of(Finding.fail(
                    "the front makes " + seen + " of " + place.authority()
                            + ": the gate refuses every sign-in (403), since it seems to come from another site",
                    "let the front keep the Host. " + REMEDY));
        }
        if (!seen.equalsIgnoreCase(place.authority())) {
            return List.of(Finding.warn(
                    "the front makes " + seen + " of " + place.authority()
                            + ": a tool that compares Origin and Host may refuse its own page",
                    "let the front keep the port too. " + REMEDY));
        }
        return List.of(Finding.ok("both arrive as browsers send them"));
    }
}
