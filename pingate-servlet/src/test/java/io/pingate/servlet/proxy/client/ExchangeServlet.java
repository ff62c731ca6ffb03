package io.pingate.servlet.proxy.client;

import io.pingate.servlet.proxy.Containers;
import io.pingate.servlet.proxy.client.servlet.ServletExchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Hands the client's half of every exchange to the test, as the proxy's servlet hands it to the upstream's half. */
public final class ExchangeServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** An exchange, and what the servlet was called with. */
    public record Begun(ClientExchange client, HttpServletResponse response) {}

    private final transient BlockingQueue<Begun> begun = new LinkedBlockingQueue<>();
    private final transient ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
    private transient Container container;

    @Override
    public void init() {
        LifeCycle.start(scheduler);
        container = Containers.of(getServletContext(), scheduler, ForkJoinPool.commonPool());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(ServletExchange.CUT) instanceof ServletExchange exchange) {
            throw exchange.cut();
        }
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        begun.add(new Begun(container.exchange(request, response, async), response));
    }

    public Begun next() throws InterruptedException {
        Begun next = begun.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request reached the servlet");
        }
        return next;
    }

    @Override
    public void destroy() {
        container.stop();
        LifeCycle.stop(scheduler);
    }
}
