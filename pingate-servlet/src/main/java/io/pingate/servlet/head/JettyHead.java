package io.pingate.servlet.head;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;

/** Reads a head from Jetty's own request: each field once, in order. Named only where Jetty's classes are in sight. */
final class JettyHead {
    private JettyHead() {}

    /** A request that an earlier filter has wrapped says what that filter wants it to say. */
    static boolean isOf(HttpServletRequest request) {
        return request instanceof ServletApiRequest;
    }

    static String read(HttpServletRequest request, FieldLines lines) {
        for (HttpField field :
                ServletContextRequest.getServletContextRequest(request).getHeaders()) {
            lines.add(field.getName(), field.getValue());
        }
        return ServletHead.target(request);
    }
}
