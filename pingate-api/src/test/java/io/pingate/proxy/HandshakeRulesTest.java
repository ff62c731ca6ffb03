package io.pingate.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeRulesTest {
    @ParameterizedTest
    @CsvSource({
        // Origin, host, X-Forwarded-Port
        "http://gate.example:3060,  gate.example:3060, 3060",
        "https://gate.example:3060, gate.example:3060, 3060",
        "http://GATE.example:3060,  Gate.Example:3060, 3060",
        "https://gate.example,      gate.example,      80",
        "https://gate.example,      gate.example,      443",
        "https://gate.example,      gate.example:443,  443",
        "https://gate.example:443,  gate.example,      80",
        "http://gate.example,       gate.example:80,   80",
        "https://gate.example:8443, gate.example,      8443",
        "http://[::1]:3060,         [::1]:3060,        3060",
    })
    void opens_a_socket_when_the_origin_is_our_host(String origin, String host, int port) {
        assertEquals(Optional.empty(), objection("GET", gate(host, port), handshake("Origin", origin)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example,              gate.example:3060, 3060",
        "http://gate.example,              gate.example:3060, 3060",
        "https://gate.example:3061,        gate.example:3060, 3060",
        "https://gate.example,             gate.example:80,   80",
        "https://gate.example,             gate.example:8443, 443",
        "http://gate.example.evil.example, gate.example,      80",
        "http://evil.example/gate.example, gate.example,      80",
        "http://app.example,               gate.example,      80",
        "null,                             gate.example,      80",
        "'',                               gate.example,      80",
        "gate.example,                     gate.example,      80",
        "://gate.example,                  gate.example,      80",
        "http://gate.example/,             gate.example,      80",
        "http://u@gate.example,            gate.example,      80",
        "http://gate.example http://gate.example, gate.example, 80",
        "http://,                          '',                80",
        "http://gate.example,              '',                80",
    })
    void refuses_a_socket_when_the_origin_is_another_host(String origin, String host, int port) {
        assertTrue(objection("GET", gate(host, port), handshake("Origin", origin))
                .orElseThrow()
                .contains("WebSocket"));
    }

    @Test
    void refuses_a_socket_when_there_are_two_origins() {
        HeaderFields twice = handshake("Origin", "http://gate.example:3060", "Origin", "http://gate.example:3060");

        assertTrue(objection("GET", Lines.LOCAL, twice).orElseThrow().contains("WebSocket"));
    }

    @Test
    void opens_a_socket_when_no_origin_is_sent() {
        assertEquals(Optional.empty(), objection("GET", Lines.LOCAL, handshake()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void leaves_a_request_to_the_tool_when_it_is_no_handshake(String method) {
        assertEquals(
                Optional.empty(), objection(method, Lines.LOCAL, HeaderFields.of("Origin", "http://evil.example")));
    }

    private static Optional<String> objection(String method, Forwarding forwarding, HeaderFields clientRequest) {
        return new HandshakeRules()
                .objection(method, RequestTarget.of("/ws"), forwarding, SignedIn.BY_COOKIE, clientRequest);
    }

    private static Forwarding gate(String host, int port) {
        return new Forwarding(Lines.address("127.0.0.1"), "http", host, port, "127.0.0.1");
    }

    private static HeaderFields handshake(String... more) {
        List<String> fields = new ArrayList<>(List.of("Connection", "Upgrade", "upgrade", "websocket"));
        fields.addAll(List.of(more));
        return HeaderFields.of(fields.toArray(new String[0]));
    }
}
