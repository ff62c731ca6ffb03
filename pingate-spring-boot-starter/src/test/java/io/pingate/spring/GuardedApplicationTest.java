package io.pingate.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.pingate.servlet.event.GateEvent;
import io.pingate.servlet.event.GateListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application with a controller, Spring Security and the actuator behind the gate. */
class GuardedApplicationTest {
    private static final Queue<String> SEEN_BEHIND = new ConcurrentLinkedQueue<>();
    private static final Queue<GateEvent> HEARD = new ConcurrentLinkedQueue<>();
    private static Application application;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Greeter.class)
    static class Guarded {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/**", "/error")
                            .permitAll()
                            .anyRequest()
                            .hasRole("KEEPER"))
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        /** Claims to be the first. */
        @Bean
        FilterRegistrationBean<?> first() {
            FilterRegistrationBean<?> first = new FilterRegistrationBean<>(GuardedApplicationTest::note);
            first.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return first;
        }

        @Bean
        GateListener listener() {
            return new GateListener() {
                @Override
                public void noted(GateEvent event) {
                    HEARD.add(event);
                }
            };
        }
    }

    @RestController
    static class Greeter {
        @GetMapping("/who")
        String who(Principal principal, Authentication authentication, HttpServletRequest request) {
            return principal.getName() + " " + authentication.getAuthorities() + " " + request.getRemoteUser() + " "
                    + request.getHeader("X-Trusted-User-Email");
        }
    }

    private static void note(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SEEN_BEHIND.add(((HttpServletRequest) request).getRequestURI());
        chain.doFilter(request, response);
    }

    @BeforeAll
    static void start() {
        application = Application.start(
                Guarded.class,
                "--pingate.pin=" + Application.PIN,
                "--pingate.secret=the key of this test",
                "--pingate.trusted-email=ann@example.org",
                "--pingate.public-paths[0]=/actuator/health",
                "--pingate.public-paths[1]=/nothing",
                "--pingate.security.principal=true",
                "--pingate.security.authorities=ROLE_KEEPER",
                "--spring.security.user.name=own",
                "--spring.security.user.password={noop}secret",
                "--spring.security.user.roles=KEEPER",
                "--management.endpoint.health.show-details=always",
                "--server.forward-headers-strategy=framework");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void browser_goes_to_the_form_and_a_program_is_told_to_sign_in() throws Exception {
        HttpResponse<String> browser = application.get("/who", "Accept", "text/html", "Sec-Fetch-Mode", "navigate");
        assertEquals(303, browser.statusCode());
        assertEquals("/pin?next=/who", browser.headers().firstValue("Location").orElse(""));
        assertEquals(401, application.get("/who").statusCode());
        assertEquals(401, application.get("/error").statusCode());
    }

    @Test
    void nothing_stands_before_the_gate_when_another_filter_claims_to_be_the_first() throws Exception {
        assertEquals(401, application.get("/stranger").statusCode());
        assertEquals(
                200,
                application.get("/who?known", "Cookie", application.signIn()).statusCode());
        assertTrue(SEEN_BEHIND.contains("/who"));
        assertFalse(SEEN_BEHIND.contains("/stranger"));
    }

    @Test
    void gate_and_not_the_framework_reads_what_a_proxy_forwarded() throws Exception {
        HttpResponse<String> answer = application.send(application
                .request("/pin")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "192.0.2.7")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("pin=" + Application.PIN)));
        assertTrue(answer.headers().firstValue("Set-Cookie").orElse("").contains("Secure"));
        assertTrue(HEARD.stream()
                .anyMatch(event -> event.kind() == GateEvent.Kind.SIGN_IN
                        && event.from() != null
                        && event.from().client().toString().contains("192.0.2.7")));
    }

    @Test
    void user_of_spring_security_is_the_gates_whatever_the_client_says() throws Exception {
        HttpResponse<String> answer =
                application.get("/who", "Cookie", application.signIn(), "X-Trusted-User-Email", "eve@example.org");
        assertEquals("ann@example.org [ROLE_KEEPER] ann@example.org ann@example.org", answer.body());
        assertEquals(
                List.of("no-cache, no-store, max-age=0, must-revalidate"),
                answer.headers().allValues("Cache-Control"));
    }

    @Test
    void error_page_is_the_applications_when_signed_in() throws Exception {
        HttpResponse<String> answer = application.get("/nothing-here", "Cookie", application.signIn());
        assertEquals(404, answer.statusCode());
        assertTrue(answer.body().contains("\"status\":404"), answer.body());
    }

    @Test
    void nobody_is_signed_in_on_a_public_path() throws Exception {
        HttpResponse<String> answer = application.get("/nothing", "Cookie", application.signIn());
        assertEquals(401, answer.statusCode());
        // Spring Security's own answer.
        assertTrue(answer.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic "));
    }

    @Test
    void user_of_the_applications_own_stays_the_user() throws Exception {
        String own = Base64.getEncoder().encodeToString("own:secret".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer =
                application.get("/who", "Cookie", application.signIn(), "Authorization", "Basic " + own);
        assertTrue(answer.body().startsWith("own ["), answer.body());
    }

    @Test
    void figures_are_in_the_applications_registry() throws Exception {
        application.signIn();
        MeterRegistry registry = application.context().getBean(MeterRegistry.class);
        assertTrue(
                registry.get("pingate.events").tag("event", "sign-in").counter().count() > 0);
        assertTrue(registry.get("pingate.requests")
                        .tag("outcome", "form")
                        .counter()
                        .count()
                > 0);
    }

    @Test
    void actuator_tells_of_the_gate() throws Exception {
        HttpResponse<String> answer = application.get("/actuator/health");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("\"pingate\":{\"status\":\"UP\"}"), answer.body());
    }
}
