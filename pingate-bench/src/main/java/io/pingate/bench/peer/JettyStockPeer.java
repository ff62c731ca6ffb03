package io.pingate.bench.peer;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.proxy.ProxyServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** Jetty's own ProxyServlet as it comes, behind a filter, in Jetty. */
public final class JettyStockPeer {
    private JettyStockPeer() {}

    /** Listens until it is killed. */
    public static void main(String[] args) throws Exception {
        PeerArguments arguments = PeerArguments.of(args);
        ServletContextHandler webapp = new ServletContextHandler("/");
        FilterHolder filter = new FilterHolder(new CookieFilter(arguments.token()));
        filter.setAsyncSupported(true);
        webapp.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder proxy = new ServletHolder(new ProxyServlet.Transparent());
        proxy.setInitParameter("proxyTo", arguments.upstream().toString());
        proxy.setAsyncSupported(true);
        webapp.addServlet(proxy, "/*");
        EmbeddedJetty.run(arguments.port(), webapp);
    }
}
