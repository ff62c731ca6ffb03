package io.pingate.servlet.head;

import io.pingate.http.syntax.Authority;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/** Reads a head from Jetty's own request: each field once, in order. Named only where Jetty's classes are in sight. */
public final class JettyHead {
    private JettyHead() {}

    /** A request that an earlier filter has wrapped says what that filter wants it to say. */
    static boolean isOf(HttpServletRequest request) {
        return request instanceof ServletApiRequest;
    }

    static RequestHead of(HttpServletRequest request) {
        return of(ServletContextRequest.getServletContextRequest(request));
    }

    /**
     * Reads a head below the Servlet API.
     *
     * @param request the request
     * @return its head
     * @throws HeadTooLargeException when it has too many fields
     * @throws IllegalArgumentException with another rule that is broken
     */
    public static RequestHead of(Request request) {
        FieldLines lines = new FieldLines();
        for (HttpField field : request.getHeaders()) {
            lines.add(field.getName(), field.getValue());
        }
        ConnectionMetaData connection = request.getConnectionMetaData();
        String protocol = connection.getProtocol();
        HttpURI uri = request.getHttpURI();
        String target = uri.getPathQuery();
        if (target == null) {
            // A CONNECT over HTTP/2 has no path (RFC 9113 section 8.5).
            throw new IllegalArgumentException("request target: must be a path");
        }
        RequestHead.settle(lines, protocol, authority(uri, connection, protocol, lines.first(RequestHead.HOST)));
        return new RequestHead(
                request.getMethod(),
                protocol,
                uri.getScheme(),
                Request.getRemoteAddr(request),
                TargetBytes.ofJetty(target, protocol),
                lines);
    }

    /**
     * The authority that a request names in another place than its Host field: in a pseudo-header field (RFC 9113 section
     * 8.3.1), or in a target in absolute form, whose word counts (RFC 9112 section 3.2.2). Jetty fills in what the client
     * left out, from the Host field or from the connection.
     */
    private static @Nullable String authority(
            HttpURI uri, ConnectionMetaData connection, String protocol, @Nullable String host) {
        String authority = uri.getAuthority();
        if (authority == null || protocol.startsWith("HTTP/2")) {
            return authority;
        }
        String filledIn = host == null ? local(connection) : host;
        return Authority.isSame(filledIn, authority, uri.getScheme()) ? null : authority;
    }

    private static String local(ConnectionMetaData connection) {
        HostPort local = connection.getServerAuthority();
        return local == null ? "" : local.toString();
    }
}
