package io.pingate.servlet.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Jetty 12 with its classes in sight. Named only after {@link Containers} has seen that they are there. */
final class JettyContainer implements Container {
    private final Server server;
    private final ClientWatch watch;
    private LifeCycle.@Nullable Listener stopping;

    JettyContainer(ServletContext context, Scheduler scheduler) {
        this.server = ServletContextHandler.getServletContextHandler(context).getServer();
        this.watch = new ClientWatch(scheduler);
        watch.start();
    }

    @Override
    public ClientExchange exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async) {
        return new JettyExchange(request, async, watch);
    }

    /** Jetty closes its connections before it destroys its servlets. */
    @Override
    public void whenServerStops(Runnable action) {
        stopping = new LifeCycle.Listener() {
            @Override
            public void lifeCycleStopping(LifeCycle event) {
                action.run();
            }
        };
        server.addEventListener(stopping);
    }

    @Override
    public void stop() {
        if (stopping != null) {
            server.removeEventListener(stopping);
        }
        watch.stop();
    }
}
