package io.pingate.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.GateCookie;
import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.headers.CacheScope;
import io.pingate.proxy.headers.HeaderRules;
import io.pingate.proxy.headers.IdentityHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A message's fields: the upstream gets the gate's identity once and no look-alike, hop-by-hop fields stay, all else passes. */
final class HeaderRulesFuzz {
    private static final GateCookie COOKIE = new GateCookie("pingate");
    private static final HeaderRules RULES = HeaderRules.forTool(
            "pingate",
            IdentityHeaders.none()
                    .with("X-Trusted-User-Email", "ada@owner.test")
                    .with("X-Team", "red"));
    private static final List<String> IDENTITY = List.of("X-Trusted-User-Email: ada@owner.test", "X-Team: red");
    private static final Forwarding WAY = new Forwarding(
            IpAddress.parse("192.0.2.1").orElseThrow(), "https", "gate.test:8443", 8443, "192.0.2.1, 10.0.0.1");
    private static final List<String> FORWARDED = List.of(
            "X-Forwarded-For: 192.0.2.1, 10.0.0.1",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: gate.test:8443",
            "X-Forwarded-Port: 8443");
    private static final Set<String> ON_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");
    private static final Set<String> OF_THE_GATE =
            Set.of("host", "forwarded", "content-length", "x-trusted-user-email", "x-trusted-user-name", "x-team");

    private HeaderRulesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Map.Entry<String, String>> fields = Fields.of(Fields.text(input));
        boolean signedIn = input.length % 2 == 0;
        List<String> sent = new ArrayList<>();
        RULES.upstreamRequest(HeaderFields.of(fields), WAY, signedIn)
                .forEach((name, value) -> sent.add(name + ": " + value));
        assertEquals(expectedRequest(fields, signedIn), sent);
        assertEquals(expectedResponse(fields), answer(fields, CacheScope.AS_SAID));
        assertIsPrivate(answer(fields, CacheScope.PRIVATE));
        RULES.upstreamRequestTrailers(HeaderFields.of(fields)).forEach((name, value) -> {
            assertMayStandBehind(name);
            assertFalse(OF_THE_GATE.contains(Fields.folded(name)), name);
        });
        RULES.clientResponseTrailers(HeaderFields.of(fields)).forEach((name, value) -> assertMayStandBehind(name));
    }

    private static List<String> answer(List<Map.Entry<String, String>> fields, CacheScope scope) {
        List<String> answered = new ArrayList<>();
        RULES.clientResponse(HeaderFields.of(fields), scope).forEach((name, value) -> {
            if (!Fields.folded(name).equals("clear-site-data")) {
                answered.add(name + ": " + value);
            } else {
                for (String type : value.split(",", -1)) {
                    assertFalse(List.of("\"cookies\"", "\"*\"").contains(type.strip()), "the gate's cookie goes");
                }
            }
        });
        return answered;
    }

    /** Of all that a shared cache may go by, one field remains, and it keeps the answer out (RFC 9111 section 5.2.2). */
    private static void assertIsPrivate(List<String> answered) {
        int said = 0;
        for (String line : answered) {
            String name = Fields.folded(line.substring(0, line.indexOf(':')));
            assertFalse(name.endsWith("-cache-control") || name.equals("surrogate-control"), line);
            if (name.equals("cache-control")) {
                said++;
                List<String> directives = Arrays.stream(line.substring(line.indexOf(':') + 1)
                                .toLowerCase(Locale.ROOT)
                                .split(",", -1))
                        .map(String::strip)
                        .toList();
                assertTrue(directives.contains("private") || directives.contains("no-store"), line);
                // Whether between quotes or not, a cache that splits at every comma is none the wiser.
                assertTrue(line.contains("\"") || !directives.contains("public"), line);
            }
        }
        assertEquals(1, said);
    }

    private static void assertMayStandBehind(String name) {
        String folded = Fields.folded(name);
        assertFalse(
                ON_ONE_CONNECTION.contains(folded)
                        || folded.startsWith("x-forwarded-")
                        || Set.of("content-length", "host", "cookie", "authorization", "set-cookie")
                                .contains(folded),
                name);
    }

    private static List<String> expectedRequest(List<Map.Entry<String, String>> fields, boolean signedIn) {
        List<String> expected = new ArrayList<>();
        String host = fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase("Host"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("gate.test:8443");
        expected.add("Host: " + host);
        Set<String> named = named(fields);
        for (Map.Entry<String, String> field : fields) {
            String name = Fields.folded(field.getKey());
            if (named.contains(field.getKey())
                    || ON_ONE_CONNECTION.contains(name)
                    || OF_THE_GATE.contains(name)
                    || name.startsWith("x-forwarded-")
                    || name.equals("x-pingate")
                    || name.startsWith("x-pingate-")) {
                continue;
            }
            String value = field.getValue();
            if (name.equals("x-real-ip")) {
                value = "192.0.2.1";
            } else if (name.equals("cookie")) {
                value = COOKIE.cutFrom(value);
            }
            if (value != null) {
                expected.add(field.getKey() + ": " + value);
            }
        }
        expected.addAll(FORWARDED);
        expected.addAll(signedIn ? IDENTITY : List.of());
        return expected;
    }

    private static List<String> expectedResponse(List<Map.Entry<String, String>> fields) {
        Set<String> named = named(fields);
        return fields.stream()
                .filter(field -> !named.contains(field.getKey())
                        && !ON_ONE_CONNECTION.contains(Fields.folded(field.getKey()))
                        && !Fields.folded(field.getKey()).equals("clear-site-data")
                        && !(Fields.folded(field.getKey()).equals("set-cookie") && COOKIE.isSetBy(field.getValue())))
                .map(field -> field.getKey() + ": " + field.getValue())
                .toList();
    }

    /** By a Connection field (RFC 9110 section 7.6.1). */
    private static Set<String> named(List<Map.Entry<String, String>> fields) {
        Set<String> named = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase("Connection")) {
                for (String option : field.getValue().split(",", -1)) {
                    named.add(option.strip());
                }
            }
        }
        named.removeAll(Set.of("close", "keep-alive"));
        return named;
    }
}
