package io.pingate.servlet.proxy.client.servlet;

import io.pingate.servlet.proxy.client.TunnelUpgrade;
import io.pingate.servlet.proxy.tunnel.TunnelEnd;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A tunnel's end towards the client in any container, over the Servlet API alone (Servlet 6.0 section 2.3.3.5). */
final class ServletEnd implements TunnelEnd, ReadListener {
    private final WebConnection connection;
    private final ServletInputStream input;
    private final ServletOutputStream output;
    private final ServletBodyWriter writer;
    private final Wakeup readable = new Wakeup();
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;

    ServletEnd(WebConnection connection) throws IOException {
        this.connection = connection;
        this.input = connection.getInputStream();
        this.output = connection.getOutputStream();
        this.writer = new ServletBodyWriter(output, new Lease());
    }

    @Override
    public boolean prefersDirectBuffers() {
        return false;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        boolean ready = !ended && input.isReady();
        if (failure != null) {
            throw new IOException(failure);
        }
        if (ended) {
            return -1;
        }
        return ready ? read(buffer) : 0;
    }

    private int read(ByteBuffer buffer) throws IOException {
        int position = BufferUtil.flipToFill(buffer);
        try {
            int count = input.read(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            buffer.position(buffer.position() + Math.max(count, 0));
            ended = count < 0;
            return count;
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
    }

    @Override
    public void fillInterested(Callback callback) {
        readable.await(callback);
    }

    @Override
    public void onDataAvailable() {
        readable.call();
    }

    @Override
    public void onAllDataRead() {
        ended = true;
        onDataAvailable();
    }

    @Override
    public void onError(Throwable cause) {
        if (cause instanceof EOFException) {
            // Tomcat's word for the peer's end.
            ended = true;
        } else {
            failure = cause;
        }
        onDataAvailable();
    }

    @Override
    public void write(Callback written, ByteBuffer bytes) {
        // Undertow writes the whole array, whatever part of it is meant.
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        writer.write(ByteBuffer.wrap(exact), written);
    }

    @Override
    public void shutdownOutput() {
        try {
            output.close();
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception e) {
            // closed is closed
        }
        ended = true;
        onDataAvailable();
    }

    @Override
    public void reset() {
        close();
    }

    /** What the container makes and calls when the client has its 101; public for that alone. */
    public static final class Upgrade extends TunnelUpgrade {
        @Override
        public void init(WebConnection connection) {
            try {
                ServletEnd end = new ServletEnd(connection);
                end.input.setReadListener(end);
                join(end);
            } catch (IOException e) {
                destroy();
            }
        }
    }
}
