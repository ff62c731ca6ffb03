package io.pingate.servlet.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;

/** The frame of a body in chunks (RFC 9112, section 7.1). */
final class ChunkFrame {
    private static final byte[] LINE_END = {'\r', '\n'};
    /** Eight hexadecimal digits and two line ends. */
    private static final int MAX_FRAME_BYTES = 12;

    private ChunkFrame() {}

    /** A whole chunk, its line end included, in one buffer and hence in one write; to be released once it is written. */
    static RetainableByteBuffer around(ByteBuffer bytes, ByteBufferPool pool) {
        RetainableByteBuffer chunk = pool.acquire(bytes.remaining() + MAX_FRAME_BYTES, true);
        ByteBuffer buffer = chunk.getByteBuffer();
        BufferUtil.append(buffer, Integer.toHexString(bytes.remaining()).getBytes(StandardCharsets.ISO_8859_1));
        BufferUtil.append(buffer, LINE_END);
        BufferUtil.append(buffer, bytes);
        BufferUtil.append(buffer, LINE_END);
        return chunk;
    }

    /** What ends the body. */
    static ByteBuffer last(HttpFields trailers) {
        StringBuilder end = new StringBuilder("0\r\n");
        for (HttpField field : trailers) {
            end.append(field.getName()).append(": ").append(field.getValue()).append("\r\n");
        }
        return ByteBuffer.wrap(end.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
