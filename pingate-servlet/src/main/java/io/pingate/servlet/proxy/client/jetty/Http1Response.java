package io.pingate.servlet.proxy.client.jetty;

import io.pingate.servlet.proxy.client.ClientBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A response as Jetty writes it over HTTP/1.1, and in three points better:
 *
 * <ul>
 *   <li>a chunk goes out whole; Jetty leaves its closing CRLF to the next chunk, so that clients which read by lines get
 *       each event of a stream one late;
 *   <li>a body without a length is chunked, also on a connection that is to be closed: its end would else be the
 *       connection's end, and a cut would look like it (RFC 9112, section 6.3);
 *   <li>interim responses keep their fields, which Jetty writes for 103 alone.
 * </ul>
 *
 * <p>And a response whose request is still being sent says that the connection ends with it (RFC 9112, section 9.6).
 */
final class Http1Response extends HttpStream.Wrapper {
    private static final byte[] CRLF = {'\r', '\n'};

    private final Request request;
    private final Response response;
    private final @Nullable ClientBody body;
    private final Connection connection;
    private final EndPoint endPoint;
    private boolean chunked;
    private volatile boolean writing;

    private Http1Response(HttpStream jetty, Request request, Response response, @Nullable ClientBody body) {
        super(jetty);
        this.request = request;
        this.response = response;
        this.body = body;
        this.connection = request.getConnectionMetaData().getConnection();
        this.endPoint = connection.getEndPoint();
    }

    /** Takes over the response to a request of HTTP/1, before anything of it is written. */
    static void takeOver(Request request, Response response, @Nullable ClientBody body) {
        request.addHttpStreamWrapper(stream -> new Http1Response(stream, request, response, body));
    }

    /** Called once, as the head is about to be sent. */
    @Override
    public void prepareResponse(HttpFields.Mutable headers) {
        super.prepareResponse(headers);
        if (body != null && !body.isConsumed()) {
            headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        chunked = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && !HttpMethod.HEAD.is(request.getMethod())
                && !HttpStatus.hasNoBody(response.getStatus())
                && !headers.contains(HttpHeader.CONTENT_LENGTH);
        if (chunked) {
            headers.put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());
        }
    }

    @Override
    public void send(
            MetaData.Request request,
            MetaData.@Nullable Response head,
            boolean last,
            @Nullable ByteBuffer content,
            Callback callback) {
        if (head != null && isInterim(head.getStatus())) {
            write(callback, interim(head));
        } else if (!chunked || content == null || !content.hasRemaining()) {
            super.send(request, head, last, content, callback);
        } else {
            Callback written = last ? thenEnd(request, callback) : callback;
            if (head == null) {
                sendChunk(content, written);
            } else {
                sendFirst(request, head, content, written);
            }
        }
    }

    private Callback thenEnd(MetaData.Request request, Callback callback) {
        return Callback.from(
                () -> getWrapped().send(request, null, true, BufferUtil.EMPTY_BUFFER, callback), callback::failed);
    }

    private void sendFirst(MetaData.Request request, MetaData.Response head, ByteBuffer content, Callback callback) {
        if (connection instanceof WholeChunks) {
            RetainableByteBuffer chunk = wholeChunk(content);
            super.send(request, head, false, chunk.getByteBuffer(), Callback.from(callback, chunk::release));
        } else {
            Callback sent = Callback.from(() -> sendChunk(content, callback), callback::failed);
            super.send(request, head, false, BufferUtil.EMPTY_BUFFER, sent);
        }
    }

    private RetainableByteBuffer wholeChunk(ByteBuffer content) {
        byte[] size = sizeLine(content);
        RetainableByteBuffer chunk = request.getComponents()
                .getByteBufferPool()
                .acquire(size.length + content.remaining() + CRLF.length, true);
        BufferUtil.append(chunk.getByteBuffer(), size);
        BufferUtil.append(chunk.getByteBuffer(), content);
        BufferUtil.append(chunk.getByteBuffer(), CRLF);
        return chunk;
    }

    private void sendChunk(ByteBuffer content, Callback callback) {
        write(callback, ByteBuffer.wrap(sizeLine(content)), content, ByteBuffer.wrap(CRLF));
    }

    private static byte[] sizeLine(ByteBuffer content) {
        return ascii(Integer.toHexString(content.remaining()) + "\r\n");
    }

    /** Past Jetty's generator, which knows nothing of it. */
    private void write(Callback callback, ByteBuffer... bytes) {
        writing = true;
        endPoint.write(new DirectWrite(callback), bytes);
    }

    @Override
    public Runnable cancelSend(Throwable cause, Callback appCallback) {
        if (!writing) {
            return super.cancelSend(cause, appCallback);
        }
        return () -> {
            Callback cancelled = endPoint.cancelWrite(cause);
            Callback.combine(cancelled == null ? Callback.NOOP : cancelled, appCallback)
                    .failed(cause);
        };
    }

    /** All but 100, by which Jetty itself keeps account of who expects it. */
    private static boolean isInterim(int status) {
        return status > HttpStatus.SWITCHING_PROTOCOLS_101 && status < HttpStatus.OK_200;
    }

    private static ByteBuffer interim(MetaData.Response head) {
        String status = "HTTP/1.1 " + head.getStatus() + " " + HttpStatus.getMessage(head.getStatus()) + "\r\n";
        int length = status.length() + CRLF.length;
        for (HttpField field : head.getHttpFields()) {
            length +=
                    field.getName().length() + String.valueOf(field.getValue()).length() + 2 * CRLF.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).put(ascii(status));
        for (HttpField field : head.getHttpFields()) {
            HttpGenerator.putTo(field, bytes);
        }
        return bytes.put(CRLF).flip();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private final class DirectWrite implements Callback {
        private final Callback callback;

        private DirectWrite(Callback callback) {
            this.callback = callback;
        }

        @Override
        public void succeeded() {
            writing = false;
            callback.succeeded();
        }

        @Override
        public void failed(Throwable cause) {
            writing = false;
            callback.failed(cause);
        }

        @Override
        public InvocationType getInvocationType() {
            return callback.getInvocationType();
        }
    }
}
