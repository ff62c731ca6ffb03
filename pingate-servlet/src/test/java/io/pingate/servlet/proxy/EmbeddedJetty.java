package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateFilter;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.proxy.client.BegunExchanges;
import io.pingate.servlet.proxy.client.ExchangeServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The gate in Jetty. */
final class EmbeddedJetty implements Gate {
    private final Server server = new Server(new QueuedThreadPool(12));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    EmbeddedJetty(PinGateSettings settings) throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        context.setAttribute(PinGateSettings.ATTRIBUTE, settings);
        FilterHolder filter = new FilterHolder(new PinGateFilter());
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        start(context, new UpstreamProxyServlet());
    }

    EmbeddedJetty(BegunExchanges exchanges) throws Exception {
        start(new ServletContextHandler("/"), new ExchangeServlet(exchanges));
    }

    private void start(ServletContextHandler context, Servlet servlet) throws Exception {
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        server.setHandler(context);
        server.start();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
