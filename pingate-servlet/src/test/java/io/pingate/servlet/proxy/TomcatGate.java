package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateFilter;
import io.pingate.servlet.PinGateSettings;
import jakarta.servlet.DispatcherType;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The gate in Tomcat, of whichever version is on the class path. */
final class TomcatGate implements Gate {
    private final Tomcat tomcat = new Tomcat();

    TomcatGate(PinGateSettings settings, String protocol) throws Exception {
        tomcat.setBaseDir("target/tomcat");
        Connector connector = new Connector(protocol);
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("acceptCount", "1024");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(
                (classes, servlets) -> servlets.setAttribute(PinGateSettings.ATTRIBUTE, settings),
                Set.of());
        FilterDef filter = new FilterDef();
        filter.setFilterName("gate");
        filter.setFilter(new PinGateFilter());
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("gate");
        everywhere.addURLPattern("/*");
        everywhere.setDispatcher(DispatcherType.REQUEST.name());
        context.addFilterMap(everywhere);
        Wrapper servlet = Tomcat.addServlet(context, "proxy", new UpstreamProxyServlet());
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "proxy");
        tomcat.start();
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        if (tomcat.getServer().getState() != LifecycleState.STARTED) {
            return;
        }
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
