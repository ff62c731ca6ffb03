package io.pingate.servlet.proxy.client.jetty;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JettyReleaseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"jetty/12.1.6", "jetty/12.0.30", "jetty/11.9.9", "jetty/12.1.0.beta1", "jetty/9.4.57.v2025"})
    void start_is_refused_when_jetty_is_too_old(String serverInfo) {
        Exception refusal = assertThrows(IllegalStateException.class, () -> JettyRelease.require(serverInfo));
        assertEquals(
                "pingate needs Jetty 12.1.7 or later, and this is " + serverInfo
                        + "; update Jetty, or run the standalone pingate.jar, which brings its own",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jetty/12.1.7",
                "jetty/12.1.10",
                "jetty/12.2.0",
                "jetty/13.0.0-SNAPSHOT",
                "Apache Tomcat/10.1.59",
                "jetty/unknown",
                ""
            })
    void start_goes_on_when_container_is_none_of_those(String serverInfo) {
        assertDoesNotThrow(() -> JettyRelease.require(serverInfo));
    }
}
