package io.pingate.servlet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pingate.servlet.GuardedServer;
import io.pingate.servlet.PinGateFilter;
import io.pingate.servlet.PinGateSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;

/** An application with a registry of its own, as docs/embedding.md shows it. */
class WebappMetricsTest {
    private static final class Application implements ServletContextListener {
        private final MeterRegistry registry = new SimpleMeterRegistry();

        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            try {
                PinGateSettings.of(context).listeners().add(new GateMetrics(registry));
            } catch (ServletException e) {
                throw new IllegalStateException(e);
            }
        }

        double count(String name, String label, String value) {
            return registry.get(name).tag(label, value).counter().count();
        }
    }

    @Test
    void applications_registry_has_what_happens_at_its_gate() throws Exception {
        Application application = new Application();
        ServletContextHandler context = new ServletContextHandler("/app");
        context.setInitParameter("pingate.pin", GuardedServer.PIN);
        context.setInitParameter("pingate.secret", GuardedServer.SECRET);
        context.addEventListener(application);
        FilterHolder filter = new FilterHolder(new PinGateFilter());
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new HttpServlet() {}, "/*");
        try (GuardedServer server = GuardedServer.start(context)) {
            server.post("/app/pin/check", "pin=0815");
            server.post("/app/pin/check", "pin=" + GuardedServer.PIN);
            server.get("/app/notes");
            server.get("/app/notes", "Cookie", GuardedServer.cookie());
        }

        assertEquals(1, application.count("pingate.events", "event", "wrong-pin"));
        assertEquals(1, application.count("pingate.events", "event", "sign-in"));
        assertEquals(2, application.count("pingate.requests", "outcome", "form"));
        assertEquals(1, application.count("pingate.requests", "outcome", "sign-in"));
        assertEquals(1, application.count("pingate.requests", "outcome", "session"));
    }
}
