package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The body as Jetty's own request gives it: its pooled buffers go to the upstream without a copy. */
final class JettyBody implements ClientBody {
    private final Request request;
    private final boolean optional;
    private HttpFields trailers = HttpFields.EMPTY;
    private volatile boolean consumed;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Throwable unwanted;

    private JettyBody(Request request, boolean optional) {
        this.request = request;
        this.optional = optional;
    }

    /** The body of the request, or null when there is none. */
    static @Nullable JettyBody of(Request request) {
        if (request.getAttribute(UpstreamProxyServlet.HTTP2_WEBSOCKET) != null) {
            // What follows is the tunnel's.
            return null;
        }
        boolean http2 = request.getConnectionMetaData().getHttpVersion().getVersion() >= 20;
        boolean present = ClientBody.mayBePresent(
                request.getLength(), request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING), http2);
        return present ? new JettyBody(request, http2) : null;
    }

    @Override
    public long getLength() {
        return request.getLength();
    }

    @Override
    public Content.@Nullable Chunk read() {
        Throwable cause = unwanted;
        if (cause != null) {
            return Content.Chunk.from(cause, true);
        }
        Content.Chunk chunk = request.read();
        if (chunk instanceof Trailers last) {
            trailers = last.getTrailers();
        }
        if (Content.Chunk.isFailure(chunk)) {
            failure = chunk.getFailure();
        } else if (chunk != null && chunk.isLast()) {
            consumed = true;
        }
        return chunk;
    }

    @Override
    public boolean isOptional() {
        return optional;
    }

    @Override
    public HeaderFields trailers() {
        return new JettyFields(trailers);
    }

    @Override
    public void demand(Runnable demandCallback) {
        request.demand(demandCallback);
    }

    @Override
    public void fail(Throwable cause) {
        unwanted = cause;
    }

    @Override
    public boolean isConsumed() {
        return consumed;
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }
}
