package io.pingate.servlet.head;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a head through the Servlet API, which groups fields by name: the order is kept among equal names only, which is
 * all that has a meaning (RFC 9110 section 5.3).
 */
final class ServletHead {
    private ServletHead() {}

    static void read(HttpServletRequest request, FieldLines lines) {
        for (String name : names(request)) {
            Enumeration<String> values = request.getHeaders(name);
            while (values.hasMoreElements()) {
                lines.add(name, values.nextElement());
            }
        }
    }

    /** Counted before a single value is asked for: containers go through all fields for each name. */
    private static List<String> names(HttpServletRequest request) {
        List<String> names = new ArrayList<>();
        Enumeration<String> all = request.getHeaderNames();
        while (all.hasMoreElements()) {
            FieldLines.requireBounded(names.size());
            names.add(all.nextElement());
        }
        return names;
    }

    /**
     * HTTP/2 has a pseudo-header field in place of Host (RFC 9113 section 8.3.1). The container fills the scheme's port in
     * where the client named none. A browser never names that one, and to the programs that compare Host with Origin it
     * would make a difference.
     */
    static @Nullable String authority(HttpServletRequest request, @Nullable String host) {
        if (host != null || !request.getProtocol().startsWith("HTTP/2")) {
            return null;
        }
        int port = request.getServerPort();
        boolean isDefault = port == (request.getScheme().equals("https") ? 443 : 80);
        return isDefault ? request.getServerName() : request.getServerName() + ":" + port;
    }
}
