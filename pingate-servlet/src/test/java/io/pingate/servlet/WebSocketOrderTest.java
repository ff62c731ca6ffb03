package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Test;

/** A webapp on Jetty whose own WebSocket endpoint must not be reached without the PIN. */
class WebSocketOrderTest {
    private static final EnumSet<DispatcherType> ALL = EnumSet.allOf(DispatcherType.class);

    private static ServletContextHandler webappWithEndpoint() {
        ServletContextHandler webapp = new ServletContextHandler("/");
        JettyWebSocketServletContainerInitializer.configure(
                webapp, (context, container) -> container.addMapping("/socket", (request, response) -> new Endpoint()));
        return webapp;
    }

    private static void register(ServletContext context) {
        FilterRegistration.Dynamic gate = context.addFilter("gate", PinGateFilter.class);
        gate.setAsyncSupported(true);
        gate.setInitParameters(GuardedServer.SETTINGS);
        gate.addMappingForUrlPatterns(ALL, false, "/*");
    }

    @Test
    void refuses_to_start_when_jettys_filter_stands_before_it() {
        ServletContextHandler webapp = webappWithEndpoint();
        FilterHolder gate = new FilterHolder(new PinGateFilter());
        gate.setInitParameters(GuardedServer.SETTINGS);
        webapp.addFilter(gate, "/*", ALL);

        ServletException refusal = assertThrows(ServletException.class, () -> GuardedServer.start(webapp));

        assertTrue(refusal.getMessage().contains("addMappingForUrlPatterns(types, false"), refusal.getMessage());
    }

    @Test
    void guards_the_endpoint_when_registered_by_a_listener() throws Exception {
        ServletContextHandler webapp = webappWithEndpoint();
        webapp.addEventListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                register(event.getServletContext());
            }
        });
        try (GuardedServer server = GuardedServer.start(webapp)) {
            assertEquals(401, server.handshake("/socket", ""));
            assertEquals(101, server.handshake("/socket", GuardedServer.cookie()));
            // Jetty hands an endpoint the client's own fields, whatever a filter makes of them.
            assertEquals(400, server.handshake("/socket", GuardedServer.cookie() + "\r\nx_trusted-user-email: evil"));
        }
    }

    /** Takes whatever comes. */
    public static final class Endpoint implements Session.Listener.AutoDemanding {}
}
