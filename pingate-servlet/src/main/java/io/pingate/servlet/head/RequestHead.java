package io.pingate.servlet.head;

import io.pingate.http.HeaderFields;
import io.pingate.http.syntax.Authority;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as the client sent it, as far as its container still knows.
 *
 * @param method the method, letter for letter
 * @param protocol the version of HTTP, as in {@code HTTP/1.1}
 * @param scheme the scheme by which the server was reached
 * @param peer the address at the other end of the connection; null or empty over a Unix domain socket
 * @param target path and query, one char per byte; nothing that the container decoded or normalised
 * @param fields the header fields, in the client's order where the container keeps it; Host is there wherever the client
 *     named it, and the cookies of HTTP/2 are one field
 */
public record RequestHead(
        String method,
        String protocol,
        String scheme,
        @Nullable String peer,
        String target,
        HeaderFields fields) {
    private static final boolean JETTY = isThere("org.eclipse.jetty.ee10.servlet.ServletApiRequest");

    static final String HOST = "Host";

    /** A proxy names a handful; every one is compared with every field of the head. */
    private static final int MAX_CONNECTION_OPTIONS = 100;

    /**
     * Reads a head, without touching the request's parameters or its body.
     *
     * @param request the request
     * @return its head
     * @throws HeadTooLargeException when it has too many fields
     * @throws IllegalArgumentException with another rule that is broken
     */
    public static RequestHead of(HttpServletRequest request) {
        if (JETTY && JettyHead.isOf(request)) {
            return JettyHead.of(request);
        }
        FieldLines lines = new FieldLines();
        ServletHead.read(request, lines);
        settle(lines, request.getProtocol(), ServletHead.authority(request, lines.first(HOST)));
        return new RequestHead(
                request.getMethod(),
                request.getProtocol(),
                request.getScheme(),
                request.getRemoteAddr(),
                TargetBytes.of(request),
                lines);
    }

    /** Makes of the lines what the rest of the gate may rely on. */
    static void settle(FieldLines lines, String protocol, @Nullable String authority) {
        boolean http2 = protocol.startsWith("HTTP/2");
        settleHost(lines, authority, http2);
        if (http2) {
            lines.joinCookies();
        }
        boundConnectionOptions(lines);
    }

    /** One Host field at most, and an authority in it (RFC 9112 section 3.2), whatever place the client named it in. */
    private static void settleHost(FieldLines lines, @Nullable String authority, boolean http2) {
        List<String> hosts = lines.all(HOST);
        // Of the two in one HTTP/2 request, nobody knows which one the next reader takes (RFC 9113 section 8.3.1).
        boolean twice = http2 && authority != null && !hosts.isEmpty() && !authority.equalsIgnoreCase(hosts.get(0));
        if (hosts.size() > 1 || twice) {
            throw new IllegalArgumentException("host: must be named once");
        }
        if (authority != null) {
            lines.set(HOST, authority);
        }
        String host = lines.first(HOST);
        // The field may be empty, where the target has no authority (RFC 9112 section 3.2).
        boolean isNone = authority == null && (host == null || host.isEmpty());
        if (!isNone && Authority.parse(Objects.requireNonNull(host)).isEmpty()) {
            throw new IllegalArgumentException(
                    "host: must be a name or an address, and at most a port, as in notes.example:8443");
        }
    }

    private static void boundConnectionOptions(HeaderFields fields) {
        int options = 0;
        for (String line : fields.all("Connection")) {
            options++;
            for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', comma + 1)) {
                options++;
            }
        }
        if (options > MAX_CONNECTION_OPTIONS) {
            throw new HeadTooLargeException(
                    "its Connection field names more than " + MAX_CONNECTION_OPTIONS + " options");
        }
    }

    /** False in any other container, and where Jetty hides its classes from web applications. */
    private static boolean isThere(String className) {
        try {
            Class.forName(className, false, RequestHead.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
