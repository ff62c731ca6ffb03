package io.pingate.standalone.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/** Whether the gate knows that clients come by https, for the cookie's Secure and the tool's own links. */
record SchemeCheck(Place place, Map<String, String> facts) implements Check {
    @Override
    public String subject() {
        return "scheme, Secure";
    }

    @Override
    public List<Finding> look() throws UnknownHostException {
        String seen = facts.getOrDefault("scheme", "");
        if (!place.isSecure()) {
            return List.of(plain(seen));
        }
        if (seen.equals("https")) {
            return List.of(Finding.ok("the gate knows that clients come by https: its cookie is Secure"));
        }
        String lost = "clients come by https, and the gate takes it for " + seen
                + ": its cookie is not Secure, and the tool makes http links";
        if (facts.getOrDefault("forwardedProto", "").equals("https")) {
            String peer = facts.getOrDefault("peer", "");
            return List.of(Finding.fail(
                    lost + ". The front at " + peer + " says so, but is not trusted",
                    "add " + peer + " to PINGATE_TRUSTED_PROXIES"));
        }
        return List.of(
                Finding.fail(
                        lost,
                        "let the front say it. nginx: proxy_set_header X-Forwarded-Proto $scheme; HAProxy: http-request set-header"
                                + " X-Forwarded-Proto https; Caddy and Traefik do by themselves, once they trust who is before them"));
    }

    private Finding plain(String seen) throws UnknownHostException {
        if (seen.equals("https")) {
            return Finding.fail(
                    "clients come by http, and the front says https: browsers drop the cookie, so nobody can sign in",
                    "let the front pass the scheme on that clients use, or serve https");
        }
        return InetAddress.getByName(place.host()).isLoopbackAddress()
                ? Finding.ok("http, on this machine")
                : Finding.warn(
                        "http: whoever is on the way reads the PIN and the cookie",
                        "let the front serve https, or use a tunnel");
    }
}
