package io.pingate.examples.tomcat;

import io.pingate.servlet.PinGateFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Tells the time to whoever has the PIN, which is in the environment: {@code PINGATE_PIN}. */
public final class TimeOnTomcat {
    private TimeOnTomcat() {}

    /** Serves port 8080 until the process ends. */
    public static void main(String[] args) throws LifecycleException {
        start(8080).getServer().await();
    }

    static Tomcat start(int port) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir("target/tomcat");
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context webapp = tomcat.addContext("", null);
        webapp.addServletContainerInitializer((classes, context) -> guard(context), Set.of());
        Tomcat.addServlet(webapp, "time", new TimeServlet());
        webapp.addServletMappingDecoded("/", "time");
        tomcat.start();
        return tomcat;
    }

    private static void guard(ServletContext context) {
        FilterRegistration.Dynamic gate = context.addFilter("pingate", new PinGateFilter());
        gate.setAsyncSupported(true);
        gate.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static final class TimeServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().println("It is " + LocalTime.now(ZoneId.systemDefault()) + ".");
        }
    }
}
