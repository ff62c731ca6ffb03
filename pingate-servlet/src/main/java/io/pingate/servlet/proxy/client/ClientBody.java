package io.pingate.servlet.proxy.client;

import io.pingate.servlet.proxy.upstream.RequestBody;
import org.jspecify.annotations.Nullable;

/** A client's request body on its way to the upstream: read when the upstream can take more, never held whole. */
public interface ClientBody extends RequestBody {
    /**
     * True once the real end was read, so that nothing of this request is left on the client's connection. It is never
     * true of a body that broke off, nor of one that has not the length that it was said to have.
     */
    boolean isConsumed();

    /** Why reading from the client failed, or null when it did not. */
    @Nullable
    Throwable failure();

    /** The upstream wants no more of it. That says nothing about the client, who is still to be answered. */
    @Override
    void fail(Throwable cause);

    /**
     * Whether a request may have a body: its framing says so (RFC 9112, section 6.3); in HTTP/2 a body needs no length
     * (RFC 9113, section 8.1), so that only reading tells.
     *
     * @param length the Content-Length, -1 when there is none
     */
    static boolean mayBePresent(long length, boolean transferEncoding, boolean http2) {
        return length >= 0 ? length > 0 : transferEncoding || http2;
    }
}
