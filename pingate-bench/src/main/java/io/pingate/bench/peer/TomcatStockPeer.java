package io.pingate.bench.peer;

import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.proxy.ProxyServlet;

/** Jetty's own ProxyServlet as it comes, behind a filter, in Tomcat. */
public final class TomcatStockPeer {
    private TomcatStockPeer() {}

    /** Listens until it is killed. */
    public static void main(String[] args) throws Exception {
        PeerArguments arguments = PeerArguments.of(args);
        Tomcat tomcat = EmbeddedTomcat.on(arguments.port());
        Context context = tomcat.addContext("", null);
        FilterDef filter = new FilterDef();
        filter.setFilterName("gate");
        filter.setFilter(new CookieFilter(arguments.token()));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gate");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
        Wrapper proxy = Tomcat.addServlet(context, "proxy", new ProxyServlet.Transparent());
        proxy.addInitParameter("proxyTo", arguments.upstream().toString());
        // Threads of its own: it knows how to share those of Jetty alone.
        proxy.addInitParameter("maxThreads", "256");
        proxy.setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "proxy");
        EmbeddedTomcat.run(tomcat);
    }
}
