package io.pingate.spring;

import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/**
 * Makes whom the gate has let in Spring Security's user, in every filter chain: {@code pingate.security.principal=true}.
 * Spring Security finds it in {@code spring.factories}. It comes last of all that authenticate, so that a user of the
 * application's own stays who he is.
 */
final class GatePrincipalConfigurer extends AbstractHttpConfigurer<GatePrincipalConfigurer, HttpSecurity> {
    private static final String DEFAULT_AUTHORITY = "ROLE_USER";

    @Override
    public void configure(HttpSecurity http) {
        Environment environment = http.getSharedObject(ApplicationContext.class).getEnvironment();
        if (isTrue(environment, "pingate.security.principal", false) && isTrue(environment, "pingate.enabled", true)) {
            String[] authorities = Binder.get(environment)
                    .bind("pingate.security.authorities", String[].class)
                    .orElseGet(() -> new String[] {DEFAULT_AUTHORITY});
            http.addFilterBefore(
                    new GatePrincipalFilter(List.copyOf(AuthorityUtils.createAuthorityList(authorities))),
                    AnonymousAuthenticationFilter.class);
        }
    }

    private static boolean isTrue(Environment environment, String property, boolean unset) {
        return Binder.get(environment).bind(property, Boolean.class).orElse(unset);
    }
}
