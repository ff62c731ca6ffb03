package io.pingate.servlet.proxy.client;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;

/**
 * Counts a request body against its Content-Length, whatever its container says of the end.
 *
 * <p>Containers report ends that are none: an HTTP/2 stream may end without the bytes that its content-length announced,
 * on its head, by a DATA frame or by trailers (RFC 9113, section 8.1.1 calls such a request malformed), and a body that
 * is read while its exchange ends may seem to end with it. A body that was taken for whole too early would leave its
 * upstream waiting for bytes that the next request then provides.
 */
public final class BodyCount {
    /** A request that is at fault itself, and whose client is still there to be told. */
    public static final class MalformedException extends EofException {
        private static final long serialVersionUID = 1;

        private MalformedException(String moreOrFewer) {
            super("the request's body has " + moreOrFewer + " bytes than its Content-Length says");
        }
    }

    private final long length;
    private long counted;
    private volatile boolean whole;

    /**
     * Begins to count.
     *
     * @param length the Content-Length, -1 where the framing alone knows the end
     */
    public BodyCount(long length) {
        this.length = length;
    }

    /**
     * Counts what was read.
     *
     * @param chunk the next piece of content, as the container gives it; no failure
     * @return the same chunk, or a failure in its place when there is more or less than announced
     */
    public Content.Chunk count(Content.Chunk chunk) {
        counted += chunk.remaining();
        if (length >= 0 && (counted > length || (chunk.isLast() && counted < length))) {
            chunk.release();
            return Content.Chunk.from(new MalformedException(counted > length ? "more" : "fewer"), true);
        }
        if (chunk.isLast()) {
            whole = true;
        }
        return chunk;
    }

    /** True once as many bytes were read as were announced; the end itself may still be to come. */
    public boolean isFull() {
        return counted == length;
    }

    /** True once the real end was read. */
    public boolean isWhole() {
        return whole;
    }
}
