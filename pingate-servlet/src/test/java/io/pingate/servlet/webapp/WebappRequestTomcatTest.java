package io.pingate.servlet.webapp;

import io.pingate.servlet.PinGateFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** In Tomcat. */
class WebappRequestTomcatTest extends WebappRequestContract {
    @Override
    Webapp open(Map<String, String> settings, HttpServlet servlet) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir("target/tomcat");
        tomcat.getEngine().setName("webapp-" + System.identityHashCode(tomcat));
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("allowedTrailerHeaders", "X-Trusted-User-Email,x_level,X-Sum");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer((classes, webapp) -> install(webapp, settings, servlet), Set.of());
        ErrorPage page = new ErrorPage();
        page.setErrorCode(418);
        page.setLocation("/error-page");
        context.addErrorPage(page);
        tomcat.start();
        return new Webapp() {
            @Override
            public int port() {
                return connector.getLocalPort();
            }

            @Override
            public void close() throws IOException {
                try {
                    tomcat.stop();
                    tomcat.destroy();
                } catch (LifecycleException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    private static void install(ServletContext webapp, Map<String, String> settings, HttpServlet servlet) {
        FilterRegistration.Dynamic gate = webapp.addFilter("gate", new PinGateFilter());
        gate.setInitParameters(settings);
        gate.setAsyncSupported(true);
        gate.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        ServletRegistration.Dynamic guarded = webapp.addServlet("guarded", servlet);
        guarded.setAsyncSupported(true);
        guarded.addMapping("/*");
    }
}
