package io.pingate.spring;

import io.pingate.servlet.Admission;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.GenericFilterBean;

/** Authenticates whom the gate has let in, by the email that is set for the gate; for this request alone. */
final class GatePrincipalFilter extends GenericFilterBean {
    private final List<GrantedAuthority> authorities;

    GatePrincipalFilter(List<GrantedAuthority> authorities) {
        this.authorities = authorities;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Admission admission = Admission.of((HttpServletRequest) request);
        if (admission != null && SecurityContextHolder.getContext().getAuthentication() == null) {
            admission.email().ifPresent(this::authenticate);
        }
        chain.doFilter(request, response);
    }

    private void authenticate(String email) {
        // A context of its own, since the one that is there may be a session's.
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PreAuthenticatedAuthenticationToken(email, "N/A", authorities));
        SecurityContextHolder.setContext(context);
    }
}
