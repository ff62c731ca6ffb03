package io.pingate.servlet.proxy.client;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the container that the client has gone. The container is ending the exchange by then: there is nothing left
 * to cut short.
 */
public final class LeaveListener implements AsyncListener {
    private final Consumer<Throwable> action;
    private volatile boolean heard;

    public LeaveListener(Consumer<Throwable> action) {
        this.action = action;
    }

    public boolean heard() {
        return heard;
    }

    @Override
    public void onError(AsyncEvent event) {
        heard = true;
        action.accept(causeOf(event.getThrowable()));
    }

    /** The error that a container has told a listener of; Tomcat may tell of none. */
    public static Throwable causeOf(@Nullable Throwable told) {
        return told == null ? new EofException("the client has left") : told;
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
