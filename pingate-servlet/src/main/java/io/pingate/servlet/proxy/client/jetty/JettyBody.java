package io.pingate.servlet.proxy.client.jetty;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.proxy.client.BodyCount;
import io.pingate.servlet.proxy.client.ClientBody;
import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.upstream.JettyFields;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The body as Jetty's own request gives it: its pooled buffers go to the upstream without a copy. */
final class JettyBody implements ClientBody {
    private final Request request;
    private final InterimResponses interims;
    private final boolean http2;
    private final BodyCount count;
    private Content.@Nullable Chunk next;
    private volatile HttpFields trailers = HttpFields.EMPTY;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Throwable unwanted;

    private JettyBody(Request request, InterimResponses interims, boolean http2) {
        this.request = request;
        this.interims = interims;
        this.http2 = http2;
        this.count = new BodyCount(request.getLength());
    }

    /**
     * The body of the request, or null when there is none.
     *
     * @param interims ask a client that waits for it to send the body
     */
    static @Nullable JettyBody of(Request request, InterimResponses interims) {
        if (request.getAttribute(ClientExchange.HTTP2_WEBSOCKET) != null) {
            // What follows is the tunnel's.
            return null;
        }
        boolean http2 = request.getConnectionMetaData().getHttpVersion().getVersion() >= 20;
        boolean present = ClientBody.mayBePresent(
                request.getLength(), request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING), http2);
        return present ? new JettyBody(request, interims, http2) : null;
    }

    @Override
    public long getLength() {
        return request.getLength();
    }

    /** Never while the exchange is being ended: Jetty's parser, when it is closed meanwhile, reports the body's end. */
    @Override
    public synchronized Content.@Nullable Chunk read() {
        Content.Chunk chunk = next;
        if (chunk != null) {
            next = Content.Chunk.next(chunk);
            return chunk;
        }
        Throwable cause = failure == null ? unwanted : failure;
        if (cause != null) {
            return Content.Chunk.from(cause, true);
        }
        chunk = counted(readOn());
        if (chunk != null && !chunk.isLast() && count.isFull()) {
            // Whoever counts for himself asks no more, and yet the end is to be known.
            next = counted(readOn());
        }
        return chunk;
    }

    /**
     * When an HTTP/2 connection is lost or a stream is reset, Jetty puts an end in the place of what has come of the body
     * and is still to be read. It knows of the loss before it does so.
     */
    private Content.@Nullable Chunk readOn() {
        Content.Chunk chunk = request.read();
        if (http2
                && chunk != null
                && chunk.isLast()
                && !chunk.hasRemaining()
                && !Content.Chunk.isFailure(chunk)
                && isLost()) {
            return Content.Chunk.from(new EofException("the connection was lost"), true);
        }
        return chunk;
    }

    private boolean isLost() {
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        StreamResets streams = Below.find(client, StreamResets.class);
        return client.isInputShutdown() || !client.isOpen() || (streams != null && streams.isReset(request.getId()));
    }

    private Content.@Nullable Chunk counted(Content.@Nullable Chunk read) {
        Content.Chunk chunk = read == null || Content.Chunk.isFailure(read) ? read : count.count(read);
        if (chunk != null && Content.Chunk.isFailure(chunk)) {
            failure = chunk.getFailure();
        } else if (chunk instanceof Trailers last) {
            trailers = last.getTrailers();
        }
        return chunk;
    }

    /** An HTTP/2 request that announces no length may have none. */
    @Override
    public boolean isOptional() {
        return http2;
    }

    @Override
    public HeaderFields trailers() {
        return new JettyFields(trailers);
    }

    @Override
    public void demand(Runnable demandCallback) {
        if (isThereAlready()) {
            demandCallback.run();
        } else {
            interims.continueThen(() -> request.demand(demandCallback));
        }
    }

    private synchronized boolean isThereAlready() {
        return next != null;
    }

    @Override
    public void fail(Throwable cause) {
        unwanted = cause;
    }

    /** The exchange is about to be ended: what has not been read by now is never read. */
    synchronized void end() {
        if (!count.isWhole() && failure == null) {
            failure = new EofException("the exchange has ended before the request's body");
        }
    }

    @Override
    public boolean isConsumed() {
        return count.isWhole();
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }
}
