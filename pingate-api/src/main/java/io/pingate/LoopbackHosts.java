package io.pingate;

import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.http.IpRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether a browser meant this machine by every host that it named. A page elsewhere can let its own name lead to
 * 127.0.0.1 (DNS rebinding), and from then on is same-origin with whatever listens there.
 */
final class LoopbackHosts {
    private static final List<IpRange> LOOPBACK = List.of(IpRange.of("127.0.0.0/8"), IpRange.of("::1"));
    private static final String NAME = "localhost";

    private LoopbackHosts() {}

    /**
     * Whatever Host and X-Forwarded-Host say. The latter is judged beside the former, since a rebound page can set it as
     * it likes, and comes from loopback, as a trusted proxy does.
     */
    static boolean hold(GateRequest request) {
        HeaderFields headers = request.headers();
        return Stream.of(
                        Stream.of(request.host()).filter(host -> !host.isEmpty()),
                        headers.all("Host").stream(),
                        headers.all("X-Forwarded-Host").stream()
                                .flatMap(value -> Stream.of(value.split(",", -1)))
                                .map(String::strip))
                .flatMap(hosts -> hosts)
                .allMatch(LoopbackHosts::isLoopback);
    }

    /** RFC 6761 section 6.3: no name under localhost leads elsewhere. */
    private static boolean isLoopback(String authority) {
        Optional<IpAddress> address = IpAddress.parse(authority);
        if (address.isPresent()) {
            return LOOPBACK.stream().anyMatch(range -> range.contains(address.get()));
        }
        String name = authority.toLowerCase(Locale.ROOT).replaceFirst("\\.?(:[0-9]*)?$", "");
        return name.equals(NAME) || name.endsWith("." + NAME);
    }
}
