package io.pingate.proxy.forwarded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.Lines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {
    private static final String PROXY = "10.0.0.9";

    @Test
    void says_what_the_connection_says_when_nothing_was_forwarded() {
        assertEquals(
                new Forwarding(Lines.address("203.0.113.5"), "http", "gate.example:3060", 3060, "203.0.113.5"),
                forwarding("203.0.113.5", "gate.example:3060"));
    }

    @Test
    void believes_nothing_when_the_peer_is_not_trusted() {
        Forwarding forwarding = forwarding(
                "203.0.113.5",
                "gate.example",
                "X-Forwarded-For",
                "1.2.3.4",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "evil.example",
                "X-Forwarded-Port",
                "8443");

        assertEquals(
                new Forwarding(Lines.address("203.0.113.5"), "http", "gate.example", 80, "203.0.113.5"), forwarding);
    }

    @Test
    void believes_all_four_when_the_peer_is_trusted() {
        Forwarding forwarding = forwarding(
                PROXY,
                "gate:3060",
                "x-forwarded-for",
                "203.0.113.5",
                "x-forwarded-proto",
                "https",
                "x-forwarded-host",
                "gate.example",
                "x-forwarded-port",
                "8443");

        assertEquals(
                new Forwarding(Lines.address("203.0.113.5"), "https", "gate.example", 8443, "203.0.113.5, 10.0.0.9"),
                forwarding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What the fields say                        | client       | goes up
                "203.0.113.5                                   | 203.0.113.5  | 203.0.113.5, 10.0.0.9",
                "1.2.3.4, 203.0.113.5                          | 203.0.113.5  | 1.2.3.4, 203.0.113.5, 10.0.0.9",
                "1.2.3.4,203.0.113.5, 192.168.1.1              | 203.0.113.5  | 1.2.3.4, 203.0.113.5, 192.168.1.1, 10.0.0.9",
                "192.168.1.7, 192.168.1.1                      | 192.168.1.7  | 192.168.1.7, 192.168.1.1, 10.0.0.9",
                "2001:db8::7                                   | 2001:db8::7  | 2001:db8::7, 10.0.0.9",
                "[2001:DB8::7]:4711                            | 2001:db8::7  | 2001:db8::7, 10.0.0.9",
                "203.0.113.5:4711                              | 203.0.113.5  | 203.0.113.5, 10.0.0.9",
                "::ffff:203.0.113.5                            | 203.0.113.5  | 203.0.113.5, 10.0.0.9",
                "' , 203.0.113.5,, '                           | 203.0.113.5  | 203.0.113.5, 10.0.0.9",
                "''                                            | 10.0.0.9     | 10.0.0.9",
                // Malformed entries end what is believed.
                "203.0.113.5, unknown                          | 10.0.0.9     | 10.0.0.9",
                "1.2.3.4, junk, 203.0.113.5                    | 203.0.113.5  | 203.0.113.5, 10.0.0.9",
                "1.2.3.4, junk, 192.168.1.1                    | 192.168.1.1  | 192.168.1.1, 10.0.0.9",
                "010.0.0.1                                     | 10.0.0.9     | 10.0.0.9",
                "gate.example                                  | 10.0.0.9     | 10.0.0.9",
            })
    void takes_the_right_most_untrusted_address_when_the_peer_is_trusted(String fields, String client, String sentUp) {
        Forwarding forwarding = forwarding(PROXY, "gate.example", "X-Forwarded-For", fields);

        assertEquals(Lines.address(client), forwarding.client());
        assertEquals(sentUp, forwarding.forwardedFor());
    }

    @Test
    void reads_several_lines_as_one_list_when_the_field_is_repeated() {
        Forwarding forwarding =
                forwarding(PROXY, "gate.example", "X-Forwarded-For", "1.2.3.4", "X-Forwarded-For", "203.0.113.5");

        assertEquals(Lines.address("203.0.113.5"), forwarding.client());
        assertEquals("1.2.3.4, 203.0.113.5, 10.0.0.9", forwarding.forwardedFor());
    }

    @ParameterizedTest
    @CsvSource({
        "https,https",
        "HTTPS,https",
        "wss,https",
        "http,http",
        "ws,http",
        "'http, https',https",
        "' https ',https"
    })
    void believes_the_scheme_when_it_is_one_of_ours(String sent, String scheme) {
        assertEquals(
                scheme,
                forwarding(PROXY, "gate.example", "X-Forwarded-Proto", sent).scheme());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // addresses                               | schemes             | the client's
                "203.0.113.5                               | https,http          | http",
                "203.0.113.5                               | http,https          | https",
                "203.0.113.5, 10.0.0.2                     | https,http          | https",
                "203.0.113.5, 10.0.0.2                     | http, https         | http",
                "203.0.113.5, 10.0.0.2                     | https               | https",
                "203.0.113.5, 10.0.0.3, 10.0.0.2           | https, http, http   | https",
                "203.0.113.5, 10.0.0.3, 10.0.0.2           | https, http         | https",
                // What the client claimed itself doesn't count.
                "1.2.3.4, 203.0.113.5                      | https, http         | http",
                "1.2.3.4, 203.0.113.5, 10.0.0.2            | https, http, https  | http",
                "203.0.113.5, junk, 10.0.0.2               | https, http         | http",
                "203.0.113.5, 10.0.0.2                     | ',http'             | http",
                "203.0.113.5, 10.0.0.2                     | ftp,https           | http",
            })
    void believes_the_scheme_of_the_proxy_that_saw_the_client_when_there_are_several(
            String addresses, String schemes, String scheme) {
        assertEquals(
                scheme,
                forwarding(PROXY, "gate.example", "X-Forwarded-For", addresses, "X-Forwarded-Proto", schemes)
                        .scheme());
    }

    @Test
    void schemes_are_one_list_when_the_field_is_repeated() {
        assertEquals(
                "https",
                forwarding(
                                PROXY,
                                "gate.example",
                                "X-Forwarded-For",
                                "203.0.113.5, 10.0.0.2",
                                "X-Forwarded-Proto",
                                "https",
                                "X-Forwarded-Proto",
                                "http")
                        .scheme());
    }

    @Test
    void addresses_end_when_there_are_more_than_50() {
        Forwarding forwarding =
                forwarding(PROXY, "gate.example", "X-Forwarded-For", "203.0.113.5," + "10.0.0.2, ".repeat(49));
        assertEquals(Lines.address("203.0.113.5"), forwarding.client());

        forwarding = forwarding(PROXY, "gate.example", "X-Forwarded-For", "203.0.113.5," + "10.0.0.2, ".repeat(50));
        assertEquals(Lines.address("10.0.0.2"), forwarding.client());
        assertEquals("10.0.0.2, ".repeat(50) + PROXY, forwarding.forwardedFor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp", "https http", "javascript", "https,", "httpſ"})
    void keeps_the_scheme_of_the_connection_when_the_forwarded_one_is_no_scheme(String sent) {
        assertEquals(
                "http",
                forwarding(PROXY, "gate.example", "X-Forwarded-Proto", sent).scheme());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public.example              | public.example",
                "public.example:8443         | public.example:8443",
                "[2001:db8::1]:8443          | [2001:db8::1]:8443",
                "spoofed.example, public.example | public.example",
                "a b                         | gate.example",
                "evil.example/path           | gate.example",
                "user@evil.example           | gate.example",
                "evil.example?q              | gate.example",
                "evil.example#f              | gate.example",
                "evil.example:99999          | gate.example",
                "evil.example\\              | gate.example",
                "''                          | gate.example",
            })
    void believes_the_host_when_it_is_one(String sent, String host) {
        assertEquals(
                host,
                forwarding(PROXY, "gate.example", "X-Forwarded-Host", sent).host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "u@h", "h:0", "a\u0001b", ""})
    void knows_no_host_when_the_field_is_none(String host) {
        assertEquals("", forwarding(PROXY, host).host());
    }

    @Test
    void knows_no_host_when_there_is_no_field() {
        Forwarding forwarding =
                new ForwardedHeaders(TrustedProxies.none()).of(Lines.address(PROXY), "https", null, HeaderFields.of());

        assertEquals(new Forwarding(Lines.address(PROXY), "https", "", 443, PROXY), forwarding);
    }

    @ParameterizedTest
    @CsvSource({
        // X-Forwarded-Port, host, scheme, port
        "8443, gate.example,      https, 8443",
        "8443, gate.example:3060, http,  8443",
        "0,    gate.example:3060, http,  3060",
        "x,    gate.example:3060, http,  3060",
        "'',   gate.example,      http,  80",
        "'',   gate.example,      https, 443",
    })
    void finds_the_port_when_somebody_names_one(String forwardedPort, String host, String scheme, int port) {
        assertEquals(
                port,
                forwarding(PROXY, host, "X-Forwarded-Proto", scheme, "X-Forwarded-Port", forwardedPort)
                        .port());
    }

    private static Forwarding forwarding(String peer, String host, String... namesAndValues) {
        return new ForwardedHeaders(TrustedProxies.loopbackAndPrivate())
                .of(Lines.address(peer), "http", host, HeaderFields.of(namesAndValues));
    }
}
