package io.pingate.servlet.proxy.client;

import io.pingate.servlet.proxy.Containers;
import io.pingate.servlet.proxy.client.servlet.ServletExchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ForkJoinPool;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Hands the client's half of every exchange to the test, as the proxy's servlet hands it to the upstream's half. */
public final class ExchangeServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient BegunExchanges begun;
    private final transient ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
    private transient Container container;

    public ExchangeServlet(BegunExchanges begun) {
        this.begun = begun;
    }

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
        begun.add(container.exchange(request, response, async));
    }

    @Override
    public void destroy() {
        container.stop();
        LifeCycle.stop(scheduler);
    }
}
