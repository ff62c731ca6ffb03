package io.pingate.servlet.proxy.client.servlet;

import io.pingate.servlet.proxy.client.LeaveListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response body through the Servlet API without blocking (Servlet 6.0, section 5.7): each piece is flushed,
 * and its callback is called when the container would take the next one.
 */
final class ServletBodyWriter implements WriteListener {
    private final ServletOutputStream output;
    private final Lease lease;
    private boolean listening;
    private @Nullable ByteBuffer bytes;
    private boolean flushed;
    private @Nullable Callback callback;

    ServletBodyWriter(ServletOutputStream output, Lease lease) {
        this.output = output;
        this.lease = lease;
    }

    void write(ByteBuffer bytes, Callback callback) {
        synchronized (lease) {
            this.bytes = bytes;
            this.flushed = false;
            this.callback = callback;
        }
        if (listening || lease.isOver()) {
            onWritePossible();
        } else {
            listening = true;
            // The container calls onWritePossible, maybe at once and on another thread.
            output.setWriteListener(this);
        }
    }

    /** The container calls it once more for each time that the output was not ready, possibly at that instant. */
    @Override
    public void onWritePossible() {
        try {
            Callback done = writeThrough();
            if (done != null) {
                done.succeeded();
            }
        } catch (IOException | IllegalStateException e) {
            onError(e);
        }
    }

    /** Returns the callback once everything is out; null when the rest has to wait. */
    private @Nullable Callback writeThrough() throws IOException {
        synchronized (lease) {
            lease.check();
            while (callback != null && output.isReady()) {
                if (bytes != null) {
                    writeBytes(bytes);
                    bytes = null;
                } else if (!flushed) {
                    flushed = true;
                    output.flush();
                } else {
                    return takeCallback();
                }
            }
            return null;
        }
    }

    private void writeBytes(ByteBuffer bytes) throws IOException {
        if (bytes.hasArray()) {
            output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            output.write(copy);
        }
    }

    @Override
    public void onError(Throwable cause) {
        Callback pending = takeCallback();
        if (pending != null) {
            pending.failed(LeaveListener.causeOf(cause));
        }
    }

    private @Nullable Callback takeCallback() {
        synchronized (lease) {
            Callback pending = callback;
            callback = null;
            return pending;
        }
    }
}
