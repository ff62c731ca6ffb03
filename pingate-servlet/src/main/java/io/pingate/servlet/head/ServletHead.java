package io.pingate.servlet.head;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/**
 * Reads a head through the Servlet API, which groups fields by name: the order is kept among equal names only, which is
 * all that has a meaning (RFC 9110 section 5.3).
 */
final class ServletHead {
    private ServletHead() {}

    static String read(HttpServletRequest request, FieldLines lines) {
        for (String name : names(request)) {
            Enumeration<String> values = request.getHeaders(name);
            while (values.hasMoreElements()) {
                lines.add(name, values.nextElement());
            }
        }
        return target(request);
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

    /** The target as it came in: nothing that the container decoded or normalised. */
    static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }
}
