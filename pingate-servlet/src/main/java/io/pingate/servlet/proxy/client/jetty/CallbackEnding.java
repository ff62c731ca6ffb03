package io.pingate.servlet.proxy.client.jetty;

import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** The end of an exchange that a handler has begun. */
record CallbackEnding(Request request, Response response, Callback callback) implements Ending {
    /** By a last write: without it, Jetty cuts the response to a request off whose body isn't read to its end. */
    @Override
    public void complete() {
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    /** Jetty would answer any other failure with a page of its own, as long as nothing is written. */
    @Override
    public void abort(Throwable cause) {
        callback.failed(new Request.Handler.AbortException("the exchange has ended", cause));
    }

    @Override
    public void whenFailed(Consumer<Throwable> action) {
        request.addFailureListener(action);
    }
}
