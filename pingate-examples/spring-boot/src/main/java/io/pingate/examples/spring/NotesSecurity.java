package io.pingate.examples.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/** Spring Security behind the gate: it knows whom the gate has let in by the email of {@code pingate.trusted-email}. */
@Configuration
class NotesSecurity {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health", "/error")
                        .permitAll()
                        .anyRequest()
                        .hasRole("USER"))
                // No other site's page can send the gate's cookie along: it is SameSite=Lax.
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }
}
