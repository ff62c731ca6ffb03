package io.pingate.servlet.proxy.client.servlet;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Brings a container's call together with whoever waits for it; the call may come first, and is kept then. */
public final class Wakeup {
    private static final Callback CALLED = new Callback() {};

    private final AtomicReference<@Nullable Callback> waiting = new AtomicReference<>();

    /** Waits for the next call, or for the last one when nobody waited for it. */
    public void await(Callback callback) {
        if (!waiting.compareAndSet(null, callback)) {
            waiting.set(null);
            callback.succeeded();
        }
    }

    /** The container's call. */
    public void call() {
        Callback callback = waiting.getAndUpdate(old -> old == null || old == CALLED ? CALLED : null);
        if (callback != null) {
            callback.succeeded();
        }
    }

    /** Tells whoever waits that no call will come. */
    public void fail(Throwable cause) {
        Callback callback = waiting.getAndSet(null);
        if (callback != null) {
            callback.failed(cause);
        }
    }
}
