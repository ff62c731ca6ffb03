package io.pingate.servlet.proxy;

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
    private boolean listening;
    private @Nullable ByteBuffer bytes;
    private boolean flushed;
    private @Nullable Callback callback;

    ServletBodyWriter(ServletOutputStream output) {
        this.output = output;
    }

    void write(ByteBuffer bytes, Callback callback) {
        this.bytes = bytes;
        this.flushed = false;
        this.callback = callback;
        if (listening) {
            onWritePossible();
        } else {
            listening = true;
            // The container calls onWritePossible, maybe at once and on another thread.
            output.setWriteListener(this);
        }
    }

    /** Runs while the output is ready; after the false answer the container calls again, possibly at that instant. */
    @Override
    public void onWritePossible() {
        try {
            while (callback != null && output.isReady()) {
                if (bytes != null) {
                    writeBytes(bytes);
                    bytes = null;
                } else if (!flushed) {
                    flushed = true;
                    output.flush();
                } else {
                    take(callback).succeeded();
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            onError(e);
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
        Callback pending = callback;
        if (pending != null) {
            take(pending).failed(cause);
        }
    }

    private Callback take(Callback pending) {
        callback = null;
        return pending;
    }
}
