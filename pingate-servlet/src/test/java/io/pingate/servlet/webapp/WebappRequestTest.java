package io.pingate.servlet.webapp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.servlet.GuardedServer;
import io.pingate.servlet.PinGateFilter;
import io.pingate.servlet.proxy.UpstreamProxyServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.Test;

/** In Jetty. */
class WebappRequestTest extends WebappRequestContract {
    @Override
    Webapp open(Map<String, String> settings, HttpServlet servlet) throws Exception {
        return GuardedServer.start("/", settings, servlet);
    }

    /** It has rules of its own for the client's fields, and a view would be work for nothing. */
    @Test
    void proxy_reads_the_request_itself() throws Exception {
        ServletContextHandler webapp = new ServletContextHandler("/");
        FilterHolder gate = new FilterHolder(new PinGateFilter());
        gate.setInitParameters(GuardedServer.SETTINGS);
        webapp.setInitParameter("pingate.pin", GuardedServer.PIN);
        webapp.setInitParameter("pingate.secret", GuardedServer.SECRET);
        webapp.addFilter(gate, "/*", EnumSet.allOf(DispatcherType.class));
        webapp.addFilter(WebappRequestTest::tellClass, "/*", EnumSet.of(DispatcherType.REQUEST));
        webapp.addServlet(new ServletHolder(new UpstreamProxyServlet()), "/proxy/*");
        webapp.addServlet(new ServletHolder(new Hello()), "/*");
        try (GuardedServer both = GuardedServer.start(webapp)) {
            assertEquals(
                    "false",
                    both.get("/proxy/a", "Cookie", GuardedServer.cookie()).body());
            assertEquals("true", both.get("/", "Cookie", GuardedServer.cookie()).body());
        }
    }

    private static void tellClass(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException {
        response.getWriter().print(request instanceof WebappRequest);
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }
}
