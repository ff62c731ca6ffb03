package io.pingate.servlet.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.util.thread.Scheduler;

/** Jetty 12 with its classes in sight. Named only after {@link Containers} has seen that they are there. */
final class JettyContainer implements Container {
    private final ClientWatch watch;

    JettyContainer(Scheduler scheduler) {
        this.watch = new ClientWatch(scheduler);
        watch.start();
    }

    @Override
    public ClientExchange exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async) {
        return new JettyExchange(request, async, watch);
    }

    @Override
    public void stop() {
        watch.stop();
    }
}
