package io.pingate.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.proxy.forwarded.ForwardedHeaders;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.forwarded.TrustedProxies;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The fields of a request: of what a stranger says nothing is believed, of a trusted proxy's word only what can be true, and
 * the upstream is told it in a form that splits no field.
 */
final class ForwardedFuzz {
    private static final TrustedProxies TRUSTED = TrustedProxies.of("127.0.0.1, 10.0.0.0/8, fd00::/8");
    private static final Pattern OF_A_PROXY = Pattern.compile("127\\.0\\.0\\.1|10\\..*|fd[0-9a-f]{2}:.*");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final IpAddress PROXY = IpAddress.parse("127.0.0.1").orElseThrow();
    private static final IpAddress STRANGER = IpAddress.parse("192.0.2.7").orElseThrow();

    private ForwardedFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        HeaderFields fields = HeaderFields.of(Fields.of(Fields.text(input)));
        ForwardedHeaders headers = new ForwardedHeaders(TRUSTED);
        Forwarding strangers = headers.of(STRANGER, "http", fields.first("Host"), fields);
        assertEquals(STRANGER, strangers.client());
        assertEquals("192.0.2.7", strangers.forwardedFor());
        assertEquals("http", strangers.scheme());
        assertIsSound(strangers);

        Forwarding proxied = headers.of(PROXY, "http", fields.first("Host"), fields);
        assertIsSound(proxied);
        List<String> chain = Arrays.asList(proxied.forwardedFor().split(", ", -1));
        assertEquals("127.0.0.1", chain.get(chain.size() - 1));
        assertEquals(clientIn(chain), proxied.client().toString());
    }

    private static void assertIsSound(Forwarding way) {
        assertTrue(List.of("http", "https").contains(way.scheme()), way.scheme());
        assertTrue(way.port() > 0 && way.port() < 65_536, way::toString);
        assertTrue(way.host().isEmpty() || HOST.matcher(way.host()).matches(), way.host());
        for (String address : way.forwardedFor().split(", ", -1)) {
            assertEquals(
                    address, IpAddress.parse(address).map(IpAddress::toString).orElse("none"));
        }
    }

    /** The right-most that is no proxy's, or the left-most of all. */
    private static String clientIn(List<String> chain) {
        for (int i = chain.size() - 1; i > 0; i--) {
            if (!OF_A_PROXY.matcher(chain.get(i)).matches()) {
                return chain.get(i);
            }
        }
        return chain.get(0);
    }
}
