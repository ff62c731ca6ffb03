package io.pingate.servlet.head;

import io.pingate.http.syntax.Authority;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/** Reads a head from Jetty's own request: each field once, in order. Named only where Jetty's classes are in sight. */
final class JettyHead {
    private JettyHead() {}

    /** A request that an earlier filter has wrapped says what that filter wants it to say. */
    static boolean isOf(HttpServletRequest request) {
        return request instanceof ServletApiRequest;
    }

    static void read(HttpServletRequest request, FieldLines lines) {
        for (HttpField field :
                ServletContextRequest.getServletContextRequest(request).getHeaders()) {
            lines.add(field.getName(), field.getValue());
        }
    }

    /**
     * The authority that a request names in another place than its Host field: in a pseudo-header field (RFC 9113 section
     * 8.3.1), or in a target in absolute form, whose word counts (RFC 9112 section 3.2.2). Jetty fills in what the client
     * left out, from the Host field or from the connection.
     */
    static @Nullable String authority(HttpServletRequest request, @Nullable String host) {
        ServletContextRequest core = ServletContextRequest.getServletContextRequest(request);
        String authority = core.getHttpURI().getAuthority();
        if (authority == null || request.getProtocol().startsWith("HTTP/2")) {
            return authority;
        }
        String filledIn = host == null ? local(core.getConnectionMetaData()) : host;
        return Authority.isSame(filledIn, authority, request.getScheme()) ? null : authority;
    }

    private static String local(ConnectionMetaData connection) {
        HostPort local = connection.getServerAuthority();
        return local == null ? "" : local.toString();
    }
}
