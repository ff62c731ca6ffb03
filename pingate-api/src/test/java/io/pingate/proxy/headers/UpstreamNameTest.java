package io.pingate.proxy.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for an upstream that is asked by a name of its own. */
class UpstreamNameTest {
    private static final Forwarding FORWARDING =
            new Forwarding(IpAddress.parse("203.0.113.1").orElseThrow(), "https", "gate.test", 443, "203.0.113.1");

    private final HeaderRules plain = HeaderRules.forTool("pingate", IdentityHeaders.none());
    private final HeaderRules rules = plain.withHost("http", "localhost:8384");

    @Test
    void upstream_sees_its_own_name_and_who_was_meant_beside() {
        List<String> seen = request(rules, "Host", "gate.test", "Accept", "*/*");
        assertEquals("Host: localhost:8384", seen.get(0));
        assertEquals(1, seen.stream().filter(field -> field.startsWith("Host:")).count());
        assertEquals(List.of("X-Forwarded-Host: gate.test"), named(seen, "X-Forwarded-Host"));
        assertEquals("Host: gate.test", request(plain, "Host", "gate.test").get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "https://gate.test, http://localhost:8384",
        "HTTPS://GATE.TEST, http://localhost:8384",
        "http://gate.test, http://localhost:8384",
        "https://evil.test, https://evil.test",
        "https://gate.test:8443, https://gate.test:8443",
        "null, null",
        "http://localhost:8384, http://localhost:8384"
    })
    void origin_follows_the_name_when_it_is_the_gates_own(String sent, String seen) {
        assertEquals(List.of("Origin: " + seen), named(request(rules, "Origin", sent), "Origin"));
        assertEquals(List.of("Origin: " + sent), named(request(plain, "Origin", sent), "Origin"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8384/a?b#c, /a?b#c",
        "http://LOCALHOST:8384, /",
        "http://localhost:8384?x, /?x",
        "http://localhost:8384#x, /#x",
        "http://localhost:8384//evil.test, http://localhost:8384//evil.test",
        "https://localhost:8384/a, /a",
        "http://localhost/a, http://localhost/a",
        "http://localhost:8385/a, http://localhost:8385/a",
        "https://elsewhere.test/a, https://elsewhere.test/a",
        "/a, /a",
        "a://b, a://b",
        "://b, ://b"
    })
    void redirect_to_that_name_leads_to_the_gate(String sent, String seen) {
        assertEquals(List.of("Location: " + seen, "Other: " + sent), response(rules, sent));
        assertEquals(List.of("Location: " + sent, "Other: " + sent), response(plain, sent));
    }

    @Test
    void default_port_need_not_be_named() {
        assertEquals(
                List.of("Location: /a", "Other: http://app.test:80/a"),
                response(plain.withHost("http", "app.test"), "http://app.test:80/a"));
        assertEquals(
                List.of("Location: /a", "Other: https://app.test:443/a"),
                response(plain.withHost("http", "app.test"), "https://app.test:443/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://a", "a b", "a:0", "a:b", "a/b", "a\r\nb"})
    void name_is_refused_when_it_is_no_host(String host) {
        var fault = assertThrows(IllegalArgumentException.class, () -> plain.withHost("http", host));
        assertEquals("host: must be a host and at most a port, as in localhost:8384", fault.getMessage());
    }

    private static List<String> request(HeaderRules rules, String... fields) {
        List<String> seen = new ArrayList<>();
        rules.upstreamRequest(HeaderFields.of(fields), FORWARDING, false)
                .forEach((name, value) -> seen.add(name + ": " + value));
        return seen;
    }

    private static List<String> response(HeaderRules rules, String location) {
        List<String> seen = new ArrayList<>();
        rules.clientResponse(HeaderFields.of("Location", location, "Other", location), CacheScope.AS_SAID)
                .forEach((name, value) -> seen.add(name + ": " + value));
        return seen;
    }

    private static List<String> named(List<String> fields, String name) {
        return fields.stream().filter(field -> field.startsWith(name + ": ")).toList();
    }
}
