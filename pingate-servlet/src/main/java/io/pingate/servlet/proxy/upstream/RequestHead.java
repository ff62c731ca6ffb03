package io.pingate.servlet.proxy.upstream;

import io.pingate.http.HeaderFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a request's head, and the frame of its body (RFC 9112, sections 3, 5 and 7.1), one byte for each char. */
final class RequestHead {
    private static final int USUAL_BYTES = 1024;
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] LINE_END = {'\r', '\n'};

    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;
    private boolean unfit;

    private RequestHead() {}

    /**
     * The head of a request, ready to be sent.
     *
     * @param hasBody whether there is a body, which a request that has one from its source may not have after all
     * @throws IOException when something in it would end its line
     */
    static ByteBuffer of(UpstreamRequest request, boolean hasBody) throws IOException {
        RequestHead head = new RequestHead();
        head.append(request.method());
        head.append(' ');
        head.append(request.target());
        head.append(" HTTP/1.1");
        head.append(LINE_END);
        request.fields().forEach(head::field);
        RequestBody body = request.body();
        if (body == null || !hasBody) {
            if (request.saysEmpty()) {
                head.field("Content-Length", "0");
            }
        } else if (body.getLength() < 0) {
            head.field("Transfer-Encoding", "chunked");
        } else {
            head.field("Content-Length", Long.toString(body.getLength()));
        }
        head.append(LINE_END);
        return head.done();
    }

    /** The line before a chunk's bytes. */
    static ByteBuffer chunkSize(int size) {
        return ByteBuffer.wrap((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    static ByteBuffer lineEnd() {
        return ByteBuffer.wrap(LINE_END);
    }

    /** What ends a body in chunks: the last chunk, and the trailer fields that may pass. */
    static ByteBuffer lastChunk(UpstreamRequest request, HeaderFields trailers) throws IOException {
        RequestHead end = new RequestHead();
        end.append(LAST_CHUNK);
        request.trailers().apply(trailers).forEach(end::field);
        end.append(LINE_END);
        return end.done();
    }

    private void field(String name, String value) {
        append(name);
        append(':');
        append(' ');
        append(value);
        append(LINE_END);
    }

    private void append(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            unfit |= c > 0xFF || c == '\r' || c == '\n' || c == 0;
            bytes[length++] = (byte) c;
        }
    }

    private void append(char c) {
        room(1);
        bytes[length++] = (byte) c;
    }

    private void append(byte[] some) {
        room(some.length);
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** Nothing gets here that the container and the rules let through; were it otherwise, it would be a second request. */
    private ByteBuffer done() throws IOException {
        if (unfit) {
            throw new IOException("a method, target or field holds a line break, a NUL or no byte");
        }
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
