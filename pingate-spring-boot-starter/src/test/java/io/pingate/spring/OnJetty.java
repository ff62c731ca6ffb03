package io.pingate.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.socket.server.standard.ServerEndpointExporter;

/** Jetty as the application's server, whose WebSocket endpoints are no servlets. */
class OnJetty {
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Echoing {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }

        @Bean
        ServerEndpointExporter exporter() {
            return new ServerEndpointExporter();
        }

        @Bean
        Echo echo() {
            return new Echo();
        }
    }

    @ServerEndpoint("/echo")
    public static class Echo {
        @OnMessage
        public String echo(String text) {
            return text;
        }
    }

    @Test
    void endpoint_is_behind_the_gate() throws Exception {
        try (Application application = Application.start(
                Echoing.class, "--pingate.pin=" + Application.PIN, "--pingate.secret=the key of this test")) {
            assertEquals(401, handshake(application, "pingate=none"));
            assertEquals(101, handshake(application, application.signIn()));
        }
    }

    /** On Boot 3.5, the Jetty that it manages is too old; on Boot 4, the library wasn't added. */
    @Test
    void proxy_is_refused_when_its_jetty_is_not_there() {
        Throwable failure = assertThrows(
                Exception.class,
                () -> Application.start(
                        Echoing.class, "--pingate.pin=" + Application.PIN, "--pingate.proxy.enabled=true"));
        FailureAnalysis told = new ProxyUnavailableException.Analyzer().analyze(failure);
        boolean boot3 = SpringBootVersion.getVersion().startsWith("3.");
        assertTrue(
                told.getDescription()
                        .contains(
                                boot3 ? "pingate needs Jetty 12.1.7 or later, and this is jetty/12.0." : "isn't there"),
                told.getDescription());
        assertTrue(told.getAction().contains(boot3 ? "jetty.version" : "jetty-ee10-proxy"), told.getAction());
    }

    private static int handshake(Application application, String cookie) throws IOException {
        try (RawClient client = RawClient.to(application.uri("/").getPort())) {
            client.send(WireHead.of(
                    "GET /echo HTTP/1.1",
                    "Host: localhost",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Cookie: " + cookie));
            return client.in().head().status();
        }
    }
}
