package io.pingate.servlet.proxy.client.tomcat;

import io.pingate.servlet.proxy.client.TunnelUpgrade;
import io.pingate.servlet.proxy.client.servlet.Wakeup;
import io.pingate.servlet.proxy.tunnel.TunnelEnd;
import io.pingate.servlet.proxy.upstream.TcpOptions;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.Nio2Channel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel's end towards the client on Tomcat, below the Servlet API, as Tomcat's own WebSockets are.
 *
 * <p>Tomcat's streams of an upgraded connection can't carry a tunnel: bytes that are left unread while the upstream is
 * slow make it call again and again, on a whole core, and mix with what another thread reads; a half-closed client
 * does so too; and what is closed from the upstream's side stays open until the client's next byte.
 */
final class TomcatEnd implements TunnelEnd {
    private final SocketWrapperBase<?> socket;
    private final Wakeup readable = new Wakeup();
    private final AtomicReference<Callback> written = new AtomicReference<>(Callback.NOOP);

    TomcatEnd(SocketWrapperBase<?> socket) {
        this.socket = socket;
        TcpOptions.keepAlive(channel());
    }

    private @Nullable NetworkChannel channel() {
        Object channel = socket.getSocket();
        return channel instanceof NioChannel nio
                ? nio.getIOChannel()
                : channel instanceof Nio2Channel nio2 ? nio2.getIOChannel() : null;
    }

    /** Tomcat copies into a buffer of its own, which is on the heap unless it was told otherwise. */
    @Override
    public boolean prefersDirectBuffers() {
        return false;
    }

    /** Like all that touches the socket, under a lock: Tomcat gives a closed one's buffers to the next connection. */
    @Override
    public synchronized int fill(ByteBuffer buffer) throws IOException {
        int position = BufferUtil.flipToFill(buffer);
        try {
            return socket.isClosed() ? -1 : socket.read(false, buffer);
        } catch (EOFException end) {
            return -1;
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
    }

    @Override
    public void fillInterested(Callback callback) {
        readable.await(callback);
        socket.registerReadInterest();
    }

    @Override
    public void write(Callback callback, ByteBuffer bytes) {
        written.set(callback);
        try {
            synchronized (this) {
                if (socket.isClosed()) {
                    throw new ClosedChannelException();
                }
                socket.write(false, bytes);
            }
        } catch (IOException e) {
            takeWritten().failed(e);
            return;
        }
        flush();
    }

    private void flush() {
        try {
            if (isFlushed()) {
                takeWritten().succeeded();
            } else {
                socket.registerWriteInterest();
            }
        } catch (IOException e) {
            takeWritten().failed(e);
        }
    }

    private synchronized boolean isFlushed() throws IOException {
        if (socket.isClosed()) {
            throw new ClosedChannelException();
        }
        return !socket.flush(false);
    }

    /** Under TLS, which Tomcat can't half-close, the whole connection. */
    @Override
    public void shutdownOutput() {
        NetworkChannel channel = channel();
        try {
            if (socket.getSslSupport() != null) {
                close();
            } else if (channel instanceof SocketChannel nio) {
                nio.shutdownOutput();
            } else if (channel instanceof AsynchronousSocketChannel nio2) {
                nio2.shutdownOutput();
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            socket.close();
        }
        readable.fail(new ClosedChannelException());
        takeWritten().failed(new ClosedChannelException());
    }

    @Override
    public void reset() {
        TcpOptions.resetOnClose(channel());
        close();
    }

    private SocketState dispatch(SocketEvent event) {
        switch (event) {
            case OPEN_READ -> readable.call();
            case OPEN_WRITE -> flush();
            case ERROR -> {
                // NIO2's word for the peer's end, among others: reading tells which.
                readable.call();
                takeWritten().failed(new ClosedChannelException());
            }
            default -> close();
        }
        // Suspended: Tomcat reads and polls nothing unless it is asked to.
        return socket.isClosed() ? SocketState.CLOSED : SocketState.SUSPENDED;
    }

    private Callback takeWritten() {
        return written.getAndSet(Callback.NOOP);
    }

    /** What Tomcat makes and calls when the client has its 101; public for that alone. */
    public static final class Upgrade extends TunnelUpgrade implements InternalHttpUpgradeHandler {
        private @Nullable TomcatEnd end;

        @Override
        public void setSocketWrapper(SocketWrapperBase<?> socket) {
            end = new TomcatEnd(socket);
        }

        @Override
        public void init(WebConnection connection) {
            if (end != null) {
                join(end);
            }
        }

        @Override
        public SocketState upgradeDispatch(SocketEvent event) {
            return end == null ? SocketState.CLOSED : end.dispatch(event);
        }

        @Override
        public void setSslSupport(SSLSupport support) {}

        @Override
        public void timeoutAsync(long now) {}

        @Override
        public void pause() {}
    }
}
