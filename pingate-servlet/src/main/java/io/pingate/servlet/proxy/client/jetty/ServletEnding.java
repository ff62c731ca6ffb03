package io.pingate.servlet.proxy.client.jetty;

import io.pingate.servlet.proxy.client.LeaveListener;
import jakarta.servlet.AsyncContext;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** The end of an exchange that a servlet has begun. */
final class ServletEnding implements Ending {
    private final ServletContextRequest request;
    private final AsyncContext async;
    private volatile @Nullable LeaveListener leaving;

    ServletEnding(ServletContextRequest request, AsyncContext async) {
        this.request = request;
        this.async = async;
    }

    @Override
    public void complete() {
        async.complete();
    }

    @Override
    public void abort(Throwable cause) {
        LeaveListener listener = leaving;
        if (listener != null && listener.heard()) {
            async.complete();
        } else {
            request.getServletChannel().abort(cause);
        }
    }

    @Override
    public void whenFailed(Consumer<Throwable> action) {
        LeaveListener listener = new LeaveListener(action);
        leaving = listener;
        async.addListener(listener);
    }
}
