package io.pingate.standalone.doctor;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Whether the public address leads to this gate; what it then tells is what other checks go by. */
final class PublicCheck implements Check {
    private final Probe probe;
    private Map<String, String> facts = Map.of();

    PublicCheck(Probe probe) {
        this.probe = probe;
    }

    @Override
    public String subject() {
        return "public address";
    }

    /** {@return what the gate saw; empty when the address doesn't lead to it} */
    Map<String, String> facts() {
        return facts;
    }

    @Override
    public List<Finding> look() {
        Place place = probe.place();
        try {
            // As a browser does that sends the form.
            Response response = probe.ask("GET", "", "Origin: " + place.origin(), "Sec-Fetch-Site: same-origin");
            if (!Probe.isOurs(response)) {
                return List.of(foreign(place, response));
            }
            facts = Probe.facts(response);
            return List.of(Finding.ok(place.origin() + " leads to this gate, after "
                    + response.headAfter().toMillis() + " ms"
                    + (place.isSecure() ? ", and its certificate is good" : "")));
        } catch (SSLException e) {
            return List.of(Finding.fail(
                    place.origin() + ": its certificate or its TLS is not good (" + e.getMessage() + ")",
                    "give the front a certificate for " + place.host() + ", as Caddy and certbot do by themselves"));
        } catch (IOException e) {
            return List.of(Finding.fail(
                    place.origin() + ": " + Faults.reason(e),
                    "see that the name leads to the front, that the front runs, and that no firewall is between"));
        }
    }

    private static Finding foreign(Place place, Response response) {
        String location = response.field("Location");
        if (response.status() / 100 == 3 && location.startsWith("https://" + place.host())) {
            return Finding.warn(
                    place.origin() + " redirects to https, as it should",
                    "examine the other address: pingate doctor https://" + place.host());
        }
        if (response.status() >= 502 && response.status() <= 504) {
            return Finding.fail(
                    place.origin() + " answers " + response.status() + ": the front does not reach the gate",
                    "let the front pass requests to where the gate listens; in a container, 127.0.0.1 is the container"
                            + " itself");
        }
        if (response.asksForPin()) {
            return Finding.fail(
                    place.origin() + " leads to a gate with another key, or the front drops fields",
                    "point the front to this gate, or give this command the settings of that one");
        }
        return Finding.fail(
                place.origin() + " answers " + response.status() + ", which does not come from this gate",
                "let the front pass all paths to the gate, with what clients send and without a login of its own");
    }
}
