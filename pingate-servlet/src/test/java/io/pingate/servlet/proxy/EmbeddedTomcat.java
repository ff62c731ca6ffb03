package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateFilter;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.proxy.client.BegunExchanges;
import io.pingate.servlet.proxy.client.ExchangeServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** The gate in Tomcat, of whichever version is on the class path. */
final class EmbeddedTomcat implements Gate {
    private final Tomcat tomcat = new Tomcat();

    EmbeddedTomcat(PinGateSettings settings, String protocol) throws Exception {
        this(protocol, (classes, webapp) -> install(webapp, settings));
    }

    EmbeddedTomcat(BegunExchanges exchanges) throws Exception {
        this(
                "org.apache.coyote.http11.Http11NioProtocol",
                (classes, webapp) -> install(webapp, new ExchangeServlet(exchanges)));
    }

    private EmbeddedTomcat(String protocol, ServletContainerInitializer initializer) throws Exception {
        tomcat.setBaseDir("target/tomcat");
        Connector connector = new Connector(protocol);
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("acceptCount", "1024");
        // Tomcat drops trailers that it wasn't told of.
        connector.setProperty("allowedTrailerHeaders", "x-sum");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(initializer, Set.of());
        tomcat.start();
    }

    private static void install(ServletContext webapp, PinGateSettings settings) {
        webapp.setAttribute(PinGateSettings.ATTRIBUTE, settings);
        FilterRegistration.Dynamic filter = webapp.addFilter("gate", new PinGateFilter());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        install(webapp, new UpstreamProxyServlet());
    }

    private static void install(ServletContext webapp, Servlet servlet) {
        ServletRegistration.Dynamic registration = webapp.addServlet("proxy", servlet);
        registration.setAsyncSupported(true);
        registration.addMapping("/*");
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
