package io.pingate.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The proxy's servlets in a webapp. They read a request's fields as the client sent them and have rules of their own for
 * them, so a view of it would be work for nothing.
 *
 * @param names their names in the webapp
 */
record ProxyServlets(Set<String> names) {
    /** By name, since a webapp without a proxy may come without its libraries. */
    static final String CLASS = "io.pingate.servlet.proxy.UpstreamProxyServlet";

    static ProxyServlets in(ServletContext webapp) {
        return new ProxyServlets(webapp.getServletRegistrations().entrySet().stream()
                .filter(servlet -> CLASS.equals(servlet.getValue().getClassName()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether this request, as the container has mapped it, ends in one of them. */
    boolean serve(HttpServletRequest request) {
        if (names.isEmpty()) {
            return false;
        }
        HttpServletMapping mapping = request.getHttpServletMapping();
        return mapping != null && names.contains(mapping.getServletName());
    }
}
