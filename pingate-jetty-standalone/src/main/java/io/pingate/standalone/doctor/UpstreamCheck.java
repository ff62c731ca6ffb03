package io.pingate.standalone.doctor;

import io.pingate.proxy.Upstream;
import io.pingate.servlet.config.UpstreamTls;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the program behind the gate answers, and which one it is. */
final class UpstreamCheck implements Check {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MOST_REDIRECTS = 2;

    private final Upstream upstream;
    private final UpstreamTls tls;
    private final Optional<String> app;

    UpstreamCheck(Upstream upstream, UpstreamTls tls, Optional<String> app) {
        this.upstream = upstream;
        this.tls = tls;
        this.app = app;
    }

    @Override
    public String subject() {
        return "upstream";
    }

    @Override
    public List<Finding> look() {
        try {
            String socket = upstream.unixPath();
            if (socket != null) {
                SocketChannel.open(UnixDomainSocketAddress.of(Path.of(socket))).close();
                return List.of(Finding.ok(upstream + " answers"));
            }
            return answered(Wire.ask(place(), "GET", "/", -1, TIMEOUT_MILLIS, List.of("Accept-Language: en")));
        } catch (IOException e) {
            return List.of(Finding.fail(
                    upstream + " doesn't answer: " + Faults.reason(e),
                    "start the program behind the gate, or let PINGATE_UPSTREAM name where it listens"));
        }
    }

    private List<Finding> answered(Response response) throws IOException {
        List<Finding> findings = new ArrayList<>();
        String said = upstream + " answers " + response.status() + " after "
                + response.headAfter().toMillis() + " ms";
        findings.add(
                response.status() >= 500
                        ? Finding.warn(said, "look into its log; the gate passes such answers on as they are")
                        : Finding.ok(said));
        KnownApp.of(landing(response)).ifPresent(known -> findings.add(fits(known)));
        return findings;
    }

    private Finding fits(KnownApp known) {
        if (known.preset().isEmpty()) {
            return Finding.ok("it looks like " + known.title() + ", which needs no preset");
        }
        String remedy = "set PINGATE_APP=" + known.preset() + "; the start then says what its configuration needs";
        if (app.isEmpty()) {
            return Finding.warn("it looks like " + known.title() + ", for which there is a preset", remedy);
        }
        return app.get().equalsIgnoreCase(known.preset())
                ? Finding.ok("it is " + known.title() + ", as PINGATE_APP says")
                : Finding.warn("it looks like " + known.title() + ", and PINGATE_APP says " + app.get(), remedy);
    }

    /** Some show their name behind a redirect only. */
    private Response landing(Response first) throws IOException {
        Response response = first;
        for (int i = 0; i < MOST_REDIRECTS && response.status() / 100 == 3; i++) {
            String location = response.field("Location");
            String path = location.startsWith(place().origin())
                    ? location.substring(place().origin().length())
                    : location.startsWith("./") ? location.substring(1) : location;
            if (!path.startsWith("/") || path.startsWith("//")) {
                return response;
            }
            response = Wire.ask(place(), "GET", path, -1, TIMEOUT_MILLIS, List.of("Accept-Language: en"));
        }
        return response;
    }

    private Place place() {
        String host = upstream.host().replaceAll("[\\[\\]]", "");
        if (!upstream.scheme().equals("https")) {
            return Place.plain(host, upstream.port());
        }
        String name = tls.checked() ? tls.name().orElse(host) : null;
        return new Place(host, upstream.port(), upstream.host() + ":" + upstream.port(), "", tls.sslContext(), name);
    }
}
