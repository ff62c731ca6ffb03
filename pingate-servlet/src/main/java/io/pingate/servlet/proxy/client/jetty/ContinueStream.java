package io.pingate.servlet.proxy.client.jetty;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@code 100 Continue} out of Jetty's hands, which sends it as soon as anybody waits for the body, whatever is being
 * sent at that moment.
 */
final class ContinueStream extends HttpStream.Wrapper {
    private MetaData.@Nullable Request asked;

    private ContinueStream(HttpStream jetty) {
        super(jetty);
    }

    /** Null for a request whose client does not wait. */
    static @Nullable ContinueStream takeOver(Request request, Response response) {
        if (!request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())) {
            return null;
        }
        ContinueStream[] stream = new ContinueStream[1];
        request.addHttpStreamWrapper(jetty -> stream[0] = new ContinueStream(jetty));
        // It goes no further than here, and Jetty takes it for sent.
        var unused = response.writeInterim(HttpStatus.CONTINUE_100, HttpFields.EMPTY);
        return stream[0].asked == null ? null : stream[0];
    }

    @Override
    public void send(
            MetaData.Request request,
            MetaData.@Nullable Response head,
            boolean last,
            @Nullable ByteBuffer content,
            Callback callback) {
        if (head != null && head.getStatus() == HttpStatus.CONTINUE_100) {
            asked = request;
            callback.succeeded();
        } else {
            super.send(request, head, last, content, callback);
        }
    }

    CompletableFuture<Void> send() {
        MetaData.Request request = asked;
        if (request == null) {
            throw new IllegalStateException("nobody waits for it");
        }
        Callback.Completable sent = new Callback.Completable();
        super.send(
                request,
                new MetaData.Response(HttpStatus.CONTINUE_100, null, request.getHttpVersion(), HttpFields.EMPTY),
                false,
                null,
                sent);
        return sent;
    }
}
