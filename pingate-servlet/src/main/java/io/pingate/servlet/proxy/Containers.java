package io.pingate.servlet.proxy;

import jakarta.servlet.ServletContext;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which container this is. */
final class Containers {
    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);
    private static final String JETTY = "org.eclipse.jetty.ee10.servlet.ServletContextRequest";

    private Containers() {}

    /**
     * Jetty is used below the Servlet API when its server classes are visible and are the very ones that the running
     * container uses: a web application may carry copies of them, or be kept from seeing them.
     */
    static Container of(ServletContext context, Scheduler scheduler) {
        ClassLoader own = Containers.class.getClassLoader();
        try {
            Class<?> seen = Class.forName(JETTY, false, own);
            Class<?> running = Class.forName(JETTY, false, context.getClass().getClassLoader());
            if (seen == running) {
                return new JettyContainer(scheduler);
            }
            LOG.warn("this web application sees other Jetty classes than its container's: using the Servlet API alone");
        } catch (ClassNotFoundException | LinkageError absent) {
            LOG.debug("not on Jetty, or its classes are hidden: using the Servlet API alone");
        }
        return new ServletContainer();
    }
}
