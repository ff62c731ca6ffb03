package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import io.pingate.servlet.ServletHeaderFields;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An exchange in any container, over the Servlet API alone. */
final class ServletExchange implements ClientExchange {
    /** On an asynchronous dispatch: why this response is to be cut short. */
    static final String ABORTED = "io.pingate.aborted";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncContext async;
    private final @Nullable ServletBody body;
    private final ServletBodyWriter writer;
    private final Class<? extends TunnelUpgrade> upgrade;
    private @Nullable LeaveListener leaving;

    ServletExchange(
            HttpServletRequest request,
            HttpServletResponse response,
            AsyncContext async,
            Class<? extends TunnelUpgrade> upgrade)
            throws IOException {
        this.request = request;
        this.response = response;
        this.async = async;
        this.body = ServletBody.of(request);
        this.writer = new ServletBodyWriter(response.getOutputStream());
        this.upgrade = upgrade;
    }

    @Override
    public HeaderFields headers() {
        return new ServletHeaderFields(request);
    }

    @Override
    public @Nullable ServletBody body() {
        return body;
    }

    @Override
    public void head(int status, Consumer<BiConsumer<String, String>> fields) {
        response.setStatus(status);
        fields.accept(response::addHeader);
    }

    @Override
    public void write(ByteBuffer bytes, Callback callback) {
        writer.write(bytes, callback);
    }

    @Override
    public boolean isCommitted() {
        return response.isCommitted();
    }

    @Override
    public void complete() {
        async.complete();
    }

    @Override
    public void switchProtocols(Tunnel tunnel) {
        whenClientLeaves(cause -> tunnel.breakOff());
        try {
            request.upgrade(upgrade).to(tunnel);
            complete();
        } catch (IOException | ServletException | RuntimeException e) {
            tunnel.breakOff();
            abort(e);
        }
    }

    /**
     * No call of the Servlet API cuts a connection, but every container does so when a servlet throws after the head
     * is out; it must throw on a thread of the container's, so it is dispatched once more.
     */
    @Override
    public void abort(Throwable cause) {
        if (leaving != null && leaving.heard()) {
            complete();
            return;
        }
        try {
            request.setAttribute(ABORTED, cause);
            async.dispatch();
        } catch (IllegalStateException endedAlready) {
            // The container has seen that the client is gone, and has ended the request by itself.
        }
    }

    @Override
    public void whenClientLeaves(Consumer<Throwable> action) {
        leaving = new LeaveListener(action);
        async.addListener(leaving);
    }
}
