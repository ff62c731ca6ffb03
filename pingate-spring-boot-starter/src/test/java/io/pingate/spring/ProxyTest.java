package io.pingate.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.pingate.testing.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that stands before another program, too. */
class ProxyTest {
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Own {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }

        @GetMapping("/own")
        String own() {
            return "the application's";
        }
    }

    @Test
    void program_is_reached_beside_the_application_when_the_proxy_is_on() throws Exception {
        HttpServer program = program();
        try (Application application = Application.start(
                Own.class,
                "--pingate.pin=" + Application.PIN,
                "--pingate.secret=the key of this test",
                "--pingate.upstream=http://127.0.0.1:" + program.getAddress().getPort(),
                "--pingate.proxy.enabled=true",
                "--pingate.proxy.paths=/tool/*,/other",
                "--pingate.public-paths=/actuator/health")) {
            assertEquals(401, application.get("/tool/a").statusCode());
            String cookie = application.signIn();
            assertEquals(
                    "the application's",
                    application.get("/own", "Cookie", cookie).body());
            HttpResponse<String> answer = application.get("/tool/a?b=%2F", "Cookie", cookie);
            assertEquals("/tool/a?b=%2F", answer.body());
            assertEquals("13", answer.headers().firstValue("Content-Length").orElse("none"));
            assertEquals("/other", application.get("/other", "Cookie", cookie).body());
            assertEquals(200, application.get("/actuator/health").statusCode());
            program.stop(0);
            assertEquals(502, application.get("/tool/a", "Cookie", cookie).statusCode());
            // What was found out holds for a second.
            AtomicInteger status = new AtomicInteger();
            assertTrue(Deadline.reached(Deadline.USUAL, () -> {
                status.set(application.get("/actuator/health").statusCode());
                return status.get() != 200;
            }));
            assertEquals(503, status.get());
        }
    }

    private static HttpServer program() throws IOException {
        HttpServer program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
            try (exchange) {
                if (!exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        program.start();
        return program;
    }
}
