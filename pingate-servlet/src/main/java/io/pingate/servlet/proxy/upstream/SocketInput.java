package io.pingate.servlet.proxy.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;

/** Reads from a connection, and tells a reset from an end of input, which Jetty's end point doesn't. */
public final class SocketInput {
    private SocketInput() {}

    /**
     * Appends what has come from the peer.
     *
     * @param endPoint the connection
     * @param buffer in flush mode (position to limit are its bytes), with space behind its limit
     * @return how many bytes, 0 for none yet, -1 when the peer sends no more
     * @throws IOException when the connection is broken
     */
    public static int fill(EndPoint endPoint, ByteBuffer buffer) throws IOException {
        if (!(endPoint instanceof SocketChannelEndPoint socket) || endPoint instanceof UpstreamSocket) {
            return endPoint.fill(buffer);
        }
        int filled = read(socket, buffer);
        // Jetty's notes that it is over.
        return filled < 0 ? socket.fill(buffer) : filled;
    }

    static int read(SocketChannelEndPoint socket, ByteBuffer buffer) throws IOException {
        int position = BufferUtil.flipToFill(buffer);
        int filled;
        try {
            filled = socket.getChannel().read(buffer);
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
        if (filled >= 0) {
            socket.notIdle();
        }
        return filled;
    }
}
