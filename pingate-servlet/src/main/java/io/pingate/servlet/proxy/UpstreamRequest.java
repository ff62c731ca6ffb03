package io.pingate.servlet.proxy;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpURI;
import org.jspecify.annotations.Nullable;

/**
 * A request whose method and target reach the wire as they were given.
 *
 * <p>Jetty's own keeps a parsed URI: it refuses {@code |[]{}"}, turns {@code //a/b} into {@code /b}, loses a bare
 * {@code ?}, and writes methods in upper case.
 */
final class UpstreamRequest extends HttpRequest {
    private final String exactMethod;
    private final String exactPath;
    private final @Nullable String exactQuery;

    UpstreamRequest(HttpClient client, URI origin, String method, String target) {
        super(client, new HttpConversation(), origin);
        this.exactMethod = method;
        this.exactPath = pathOf(target);
        this.exactQuery = queryOf(target);
    }

    /**
     * Whether the target survives. Jetty's sender parses the path once more before it writes it, which a few of those
     * that mean different things to different servers do not come through unchanged.
     */
    static boolean carries(String target) {
        try {
            return HttpURI.from(null, null, -1, pathOf(target), queryOf(target), null)
                    .toString()
                    .equals(target);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String pathOf(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** Null where there is no question mark, empty where nothing follows it. */
    private static @Nullable String queryOf(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    @Override
    public String getMethod() {
        return exactMethod;
    }

    @Override
    public String getPath() {
        return exactPath;
    }

    @Override
    public @Nullable String getQuery() {
        return exactQuery;
    }
}
