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

/** The gate in Jetty. */
final class EmbeddedJetty extends ListeningJetty {
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
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        listen(context);
    }
}
