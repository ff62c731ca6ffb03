package io.pingate.servlet.proxy.tunnel;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;

/** One end of a tunnel: the bytes of a connection that has left HTTP. Nothing here blocks. */
public interface TunnelEnd {
    /** Whether direct buffers suit this end better. */
    boolean prefersDirectBuffers();

    /**
     * Appends what has come from the peer.
     *
     * @param buffer in flush mode (position to limit are its bytes), with space behind its limit
     * @return how many bytes, 0 for none yet, -1 when the peer sends no more
     * @throws IOException when the connection is broken
     */
    int fill(ByteBuffer buffer) throws IOException;

    /** Calls back once when {@link #fill} may find something; to be asked only after it found nothing. */
    void fillInterested(Callback readable);

    /** Writes all bytes to the peer, and calls back when the next ones may come. */
    void write(Callback written, ByteBuffer bytes);

    /** Tells the peer that no more bytes come; what it sends can still be read. */
    void shutdownOutput();

    /** Closes the connection in good order. */
    void close();

    /** Breaks the connection off, so that the peer sees a reset where that can be had. */
    void reset();
}
