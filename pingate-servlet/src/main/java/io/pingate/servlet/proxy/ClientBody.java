package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import io.pingate.servlet.proxy.upstream.RequestBody;
import org.jspecify.annotations.Nullable;

/** A client's request body on its way to the upstream: read when the upstream can take more, never held whole. */
interface ClientBody extends RequestBody {
    /** True once the last byte was read, so that nothing of this request is left on the client's connection. */
    boolean isConsumed();

    /** Why reading from the client failed, or null when it did not. */
    @Nullable
    Throwable failure();

    @Override
    default HeaderFields trailers() {
        return HeaderFields.of();
    }

    /** The upstream wants no more of it. That says nothing about the client, who is still to be answered. */
    @Override
    void fail(Throwable cause);

    /**
     * Whether a request has a body: its framing says so (RFC 9112, section 6.3); in HTTP/2, where a body needs no
     * length, every request may have one but those that never do (RFC 9113, section 8.1).
     *
     * @param length the Content-Length, -1 when there is none
     */
    static boolean isPresent(long length, boolean transferEncoding, boolean http2, String method) {
        if (length >= 0) {
            return length > 0;
        }
        return transferEncoding || (http2 && !method.equals("GET") && !method.equals("HEAD"));
    }
}
