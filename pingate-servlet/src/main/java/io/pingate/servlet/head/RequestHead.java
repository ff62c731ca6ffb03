package io.pingate.servlet.head;

import io.pingate.HeaderFields;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The head of a request as the client sent it, as far as its container still knows.
 *
 * @param target path and query, one char per byte; nothing that the container decoded or normalised
 * @param fields the header fields, in the client's order where the container keeps it; the cookies of HTTP/2 as one field
 */
public record RequestHead(String target, HeaderFields fields) {
    private static final boolean JETTY = isThere("org.eclipse.jetty.ee10.servlet.ServletApiRequest");

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
        FieldLines lines = new FieldLines();
        String target =
                JETTY && JettyHead.isOf(request) ? JettyHead.read(request, lines) : ServletHead.read(request, lines);
        if (request.getProtocol().startsWith("HTTP/2")) {
            lines.joinCookies();
        }
        boundConnectionOptions(lines);
        return new RequestHead(target, lines);
    }

    private static void boundConnectionOptions(HeaderFields fields) {
        long separators = fields.all("Connection").stream()
                .mapToLong(line -> 1 + line.chars().filter(c -> c == ',').count())
                .sum();
        if (separators > MAX_CONNECTION_OPTIONS) {
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
