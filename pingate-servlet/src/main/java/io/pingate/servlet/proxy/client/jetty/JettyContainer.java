package io.pingate.servlet.proxy.client.jetty;

import io.pingate.servlet.proxy.Containers;
import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.client.Container;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Jetty 12 with its classes in sight. Named only after {@link Containers} has seen that they are there. */
public final class JettyContainer implements Container {
    private final ServletContextHandler webapp;
    private final Server server;
    private final ClientWatch watch;
    private LifeCycle.@Nullable Listener stopping;
    private @Nullable Graceful draining;

    public JettyContainer(ServletContext context, Scheduler scheduler) {
        this.webapp = ServletContextHandler.getServletContextHandler(context);
        this.server = webapp.getServer();
        this.watch = new ClientWatch(scheduler);
        watch.start();
    }

    @Override
    public ClientExchange exchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async) {
        ServletContextRequest core = ServletContextRequest.getServletContextRequest(request);
        return new JettyExchange(
                core, core.getServletContextResponse().getWrapped(), new ServletEnding(core, async), watch);
    }

    /** Jetty closes its connections before it destroys its servlets; if it drains, the action need not wait for that. */
    @Override
    public void whenServerStops(Runnable action) {
        stopping = new LifeCycle.Listener() {
            @Override
            public void lifeCycleStopping(LifeCycle event) {
                action.run();
            }
        };
        server.addEventListener(stopping);
        draining = new WhenDraining(action, server);
        webapp.addBean(draining);
    }

    @Override
    public void stop() {
        if (stopping != null) {
            server.removeEventListener(stopping);
            webapp.removeBean(draining);
        }
        watch.stop();
    }

    private record WhenDraining(Runnable action, Server server) implements Graceful {
        @Override
        public CompletableFuture<Void> shutdown() {
            return CompletableFuture.runAsync(action, server.getThreadPool());
        }

        @Override
        public boolean isShutdown() {
            return server.isStopping();
        }
    }
}
