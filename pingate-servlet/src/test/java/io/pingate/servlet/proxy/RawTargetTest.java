package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes above ASCII in a target, a char for each: passed as they are where a container lets it, else refused. */
class RawTargetTest {
    private static final String UTF8 = "/open/a?q=\u00d0\u00b6\u00ef\u00bc\u0083";

    @ParameterizedTest
    @EnumSource(names = {"HANDLER", "JETTY"})
    void target_passes_byte_for_byte_when_the_container_tells_its_bytes(GateKind kind) throws Exception {
        try (RawServer upstream = new RawServer();
                Gate gate = kind.start(Gate.settings(upstream.port(), "60s"))) {
            RawSocket client = RawSocket.to(gate.port());
            client.send("GET " + UTF8 + " HTTP/1.1\r\nHost: gate.example\r\n\r\n");
            String head = upstream.next().head();
            assertTrue(head.startsWith("GET " + UTF8 + " HTTP/1.1\r\n"), head);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT", "UNDERTOW"})
    void target_is_refused_when_the_container_does_not(GateKind kind) throws Exception {
        try (RawServer upstream = new RawServer();
                Gate gate = kind.start(Gate.settings(upstream.port(), "60s"))) {
            RawSocket client = RawSocket.to(gate.port());
            client.send("GET " + UTF8 + " HTTP/1.1\r\nHost: gate.example\r\n\r\n");
            assertEquals(400, client.status());
            assertEquals(0, upstream.count());
        }
    }
}
