package io.pingate.servlet.proxy.tunnel;

import io.pingate.servlet.proxy.upstream.SocketInput;
import io.pingate.servlet.proxy.upstream.TcpOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A tunnel's end on a connection of Jetty's: always towards the upstream, and towards the client when Jetty serves. */
public final class EndPointEnd extends AbstractConnection implements Connection.UpgradeTo, TunnelEnd {
    private final Consumer<? super EndPointEnd> whenOpen;
    private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

    /**
     * Prepares to take a connection over by {@link EndPoint#upgrade}.
     *
     * @param endPoint the connection, still HTTP's
     * @param executor what Jetty asks of every connection
     * @param whenOpen called when the bytes are this end's
     */
    public EndPointEnd(EndPoint endPoint, Executor executor, Consumer<? super EndPointEnd> whenOpen) {
        super(endPoint, executor);
        this.whenOpen = whenOpen;
    }

    /** Takes the bytes that the peer sent right behind its HTTP message. */
    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
        early = buffer;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // A WebSocket may be silent for days; that its peer is dead is TCP's to find out.
        limitIdle(0);
        TcpOptions.keepAlive(transport());
        whenOpen.accept(this);
    }

    /** The socket's channel, also below TLS. */
    private Object transport() {
        Object transport = getEndPoint().getTransport();
        while (transport instanceof EndPoint below) {
            transport = below.getTransport();
        }
        return transport;
    }

    /** Breaks the connection off after some milliseconds without a byte; 0 for never. */
    void limitIdle(long millis) {
        getEndPoint().setIdleTimeout(millis);
    }

    @Override
    public boolean prefersDirectBuffers() {
        return true;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (early.hasRemaining()) {
            return BufferUtil.append(buffer, early);
        }
        early = BufferUtil.EMPTY_BUFFER;
        return SocketInput.fill(getEndPoint(), buffer);
    }

    @Override
    public void write(Callback written, ByteBuffer bytes) {
        getEndPoint().write(written, bytes);
    }

    @Override
    public void shutdownOutput() {
        getEndPoint().shutdownOutput();
    }

    @Override
    public void reset() {
        if (transport() instanceof NetworkChannel socket) {
            TcpOptions.resetOnClose(socket);
        } else {
            // One of HTTP/2's streams has a reset of its own.
            getEndPoint().cancelWrite(new EofException("the WebSocket has broken off"));
        }
        close();
    }

    /** Not called: whoever reads registers a callback of its own. */
    @Override
    public void onFillable() {}
}
