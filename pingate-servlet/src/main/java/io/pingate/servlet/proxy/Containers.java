package io.pingate.servlet.proxy;

import jakarta.servlet.ServletContext;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which container this is. */
final class Containers {
    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);
    private static final String JETTY = "org.eclipse.jetty.ee10.servlet.ServletContextRequest";
    private static final String TOMCAT = "org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler";

    private Containers() {}

    /** Jetty is used below the Servlet API, and Tomcat's connections are when they leave HTTP. */
    static Container of(ServletContext context, Scheduler scheduler) {
        if (sees(JETTY, context)) {
            return new JettyContainer(scheduler);
        }
        return new ServletContainer(sees(TOMCAT, context) ? TomcatEnd.Upgrade.class : ServletEnd.Upgrade.class);
    }

    /**
     * Whether a class of the container's is visible and is the very one that the running container uses: a web
     * application may carry a copy of it, or be kept from seeing it.
     */
    private static boolean sees(String name, ServletContext context) {
        try {
            Class<?> seen = Class.forName(name, false, Containers.class.getClassLoader());
            Class<?> running = Class.forName(name, false, context.getClass().getClassLoader());
            if (seen == running) {
                return true;
            }
            LOG.warn("this web application sees another {} than its container's: using the Servlet API alone", name);
        } catch (ClassNotFoundException | LinkageError absent) {
            LOG.debug("{} is absent or hidden", name);
        }
        return false;
    }
}
