package io.pingate.servlet.proxy.client.servlet;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.proxy.client.BodyCount;
import io.pingate.servlet.proxy.client.ClientBody;
import io.pingate.servlet.proxy.client.LeaveListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The body as the Servlet API gives it, without blocking (Servlet 6.0, section 3.7). */
final class ServletBody implements ClientBody, ReadListener {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final HttpServletRequest request;

    private final Lease lease;
    private final Executor executor;
    private final BodyCount count;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final AtomicBoolean listening = new AtomicBoolean();
    private final Wakeup wakeup = new Wakeup();
    private volatile boolean open;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Throwable unwanted;

    private ServletBody(HttpServletRequest request, Lease lease, Executor executor) {
        this.executor = executor;
        this.request = request;
        this.lease = lease;
        this.count = new BodyCount(request.getContentLengthLong());
    }

    /** The body of the request, or null when there is none. */
    static @Nullable ServletBody of(HttpServletRequest request, Lease lease, Executor executor) {
        boolean present = ClientBody.mayBePresent(
                request.getContentLengthLong(),
                request.getHeader("Transfer-Encoding") != null,
                request.getProtocol().startsWith("HTTP/2"));
        return present ? new ServletBody(request, lease, executor) : null;
    }

    @Override
    public long getLength() {
        return request.getContentLengthLong();
    }

    @Override
    public Content.@Nullable Chunk read() {
        Throwable cause = failure == null ? unwanted : failure;
        if (cause != null) {
            return Content.Chunk.from(cause, true);
        }
        try {
            listen();
            return counted(readAvailable());
        } catch (IOException | IllegalStateException e) {
            failure = e;
            return Content.Chunk.from(e, true);
        }
    }

    private Content.@Nullable Chunk counted(Content.@Nullable Chunk read) {
        Content.Chunk chunk = read == null ? null : count.count(read);
        if (chunk != null && Content.Chunk.isFailure(chunk)) {
            failure = chunk.getFailure();
        }
        return chunk;
    }

    private Content.@Nullable Chunk readAvailable() throws IOException {
        if (ended) {
            return Content.Chunk.EOF;
        }
        if (!open) {
            return null;
        }
        lease.enter();
        try {
            ServletInputStream input = request.getInputStream();
            // Asked for readiness after the end, Tomcat waits for a thread of its own.
            if (!input.isFinished() && !input.isReady()) {
                return null;
            }
            int length = input.isFinished() ? -1 : input.read(buffer);
            ended = length < 0 || input.isFinished();
            return Content.Chunk.from(ByteBuffer.wrap(buffer, 0, Math.max(length, 0)), ended);
        } finally {
            lease.leave();
        }
    }

    /** Not before the first read: on some containers it makes the client send a body that nobody wants yet. */
    private void listen() throws IOException {
        if (listening.compareAndSet(false, true)) {
            lease.check();
            request.getInputStream().setReadListener(this);
        }
    }

    @Override
    public boolean isOptional() {
        return request.getProtocol().startsWith("HTTP/2");
    }

    /** They come by name alone (Servlet 6.0, section 3.1.1), which is all that a trailer's place means. */
    @Override
    public HeaderFields trailers() {
        synchronized (lease) {
            return lease.isOver() || !request.isTrailerFieldsReady()
                    ? HeaderFields.NONE
                    : HeaderFields.of(List.copyOf(request.getTrailerFields().entrySet()));
        }
    }

    @Override
    public void demand(Runnable demandCallback) {
        wakeup.await(Callback.from(demandCallback));
    }

    /**
     * Goes on, on another thread: at the end of a body in chunks, Tomcat 10.1.59 and 11.0.24 run the container once more
     * within the call that reads it, and on a thread of the container's that finds the connection without its processor,
     * and takes what is left of the body for a request.
     */
    private void signal() {
        executor.execute(wakeup::call);
    }

    @Override
    public void onDataAvailable() {
        open = true;
        signal();
    }

    @Override
    public void onAllDataRead() {
        open = true;
        signal();
    }

    @Override
    public void onError(Throwable cause) {
        failure = LeaveListener.causeOf(cause);
        signal();
    }

    @Override
    public void fail(Throwable cause) {
        unwanted = cause;
        signal();
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
