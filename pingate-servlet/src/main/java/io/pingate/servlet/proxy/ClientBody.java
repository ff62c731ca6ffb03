package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;

/** A client's request body on its way to the upstream: read when the upstream can take more, never held whole. */
interface ClientBody extends Request.Content {
    /**
     * True once the real end was read, so that nothing of this request is left on the client's connection. It is never
     * true of a body that broke off, nor of one that has not the length that it was said to have.
     */
    boolean isConsumed();

    /**
     * Why reading from the client failed, or null when it did not. A request that is malformed by its head alone has a
     * body that has failed before it is read.
     */
    @Nullable
    Throwable failure();

    /** The fields behind the body (RFC 9110, section 6.5), known once {@link #isConsumed} is true; mostly none. */
    HeaderFields trailers();

    /** The client's own Content-Type, when it has one, goes with its other fields; Jetty would invent one. */
    @Override
    default @Nullable String getContentType() {
        return null;
    }

    /** The upstream wants no more of it. That says nothing about the client, who is still to be answered. */
    @Override
    void fail(Throwable cause);

    /** A body is read once and is gone: no exchange that has begun to send it can be repeated. */
    @Override
    default boolean rewind() {
        return false;
    }

    /**
     * Whether a request of HTTP/1 has a body: its framing says so (RFC 9112, section 6.3).
     *
     * @param length the Content-Length, -1 when there is none
     */
    static boolean isPresent(long length, boolean transferEncoding) {
        return length > 0 || (length < 0 && transferEncoding);
    }
}
