package io.pingate.examples.jetty;

import io.pingate.servlet.PinGateFilter;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** Tells the time to whoever has the PIN, which is in the environment: {@code PINGATE_PIN}. */
public final class TimeOnJetty {
    private TimeOnJetty() {}

    /** Serves port 8080 until the process ends. */
    public static void main(String[] args) throws Exception {
        start(8080).join();
    }

    static Server start(int port) throws Exception {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ServletContextHandler webapp = new ServletContextHandler("/");
        guard(webapp);
        webapp.addServlet(TimeServlet.class, "/");
        server.setHandler(webapp);
        server.start();
        return server;
    }

    private static void guard(ServletContextHandler webapp) {
        PinGateSettings settings =
                PinGateSettings.loadInContainer(SettingsSource.systemProperties(), SettingsSource.environment());
        FilterHolder gate = new FilterHolder(new PinGateFilter(settings));
        gate.setAsyncSupported(true);
        webapp.addFilter(gate, "/*", EnumSet.allOf(DispatcherType.class));
    }

    /** Public, since Jetty makes it. */
    public static final class TimeServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().println("It is " + LocalTime.now(ZoneId.systemDefault()) + ".");
        }
    }
}
