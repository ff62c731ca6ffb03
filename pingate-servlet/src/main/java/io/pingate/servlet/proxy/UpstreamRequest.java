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
    private final String exactTarget;

    UpstreamRequest(HttpClient client, URI origin, String method, String target) {
        super(client, new HttpConversation(), origin);
        this.exactMethod = method;
        this.exactTarget = target;
    }

    /**
     * Whether the target survives. Jetty's sender parses it once more before it writes it, which a few of those that
     * mean different things to different servers do not come through unchanged.
     */
    static boolean carries(String target) {
        try {
            return HttpURI.from(target).toString().equals(target);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String getMethod() {
        return exactMethod;
    }

    @Override
    public String getPath() {
        return exactTarget;
    }

    /** Part of the {@link #getPath() target}. */
    @Override
    public @Nullable String getQuery() {
        return null;
    }
}
