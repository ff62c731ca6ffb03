package io.pingate.standalone.connector;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Ends an HTTP/2 stream whose response is whole before its request is, as RFC 9113 section 8.1 says: with a reset of the
 * code NO_ERROR. Jetty resets with CANCEL, upon which clients throw the response away.
 */
final class EarlyStreamEnd extends HttpStream.Wrapper {
    private volatile boolean whole;

    EarlyStreamEnd(HttpStream stream) {
        super(stream);
    }

    @Override
    public void send(
            MetaData.Request request,
            MetaData.@Nullable Response response,
            boolean last,
            ByteBuffer content,
            Callback callback) {
        super.send(request, response, last, content, last ? new WhenWhole(callback) : callback);
    }

    private final class WhenWhole extends Callback.Nested {
        private WhenWhole(Callback callback) {
            super(callback);
        }

        @Override
        public void succeeded() {
            whole = true;
            super.succeeded();
        }
    }

    @Override
    public void succeeded() {
        if (whole && consumeAvailable() != null) {
            end();
        } else {
            super.succeeded();
        }
    }

    @Override
    public void failed(Throwable failure) {
        if (whole) {
            end();
        } else {
            super.failed(failure);
        }
    }

    private void end() {
        UselessFrames.resetBlamelessly(() -> super.failed(CONTENT_NOT_CONSUMED));
    }
}
