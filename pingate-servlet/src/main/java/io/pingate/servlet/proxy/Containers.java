package io.pingate.servlet.proxy;

import io.pingate.servlet.proxy.client.Container;
import io.pingate.servlet.proxy.client.jetty.JettyContainer;
import io.pingate.servlet.proxy.client.jetty.JettyRelease;
import io.pingate.servlet.proxy.client.servlet.ServletContainer;
import io.pingate.servlet.proxy.client.tomcat.TomcatContainer;
import jakarta.servlet.ServletContext;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which container this is. */
public final class Containers {
    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);
    private static final String JETTY = "org.eclipse.jetty.ee10.servlet.ServletContextHandler$ServletContextApi";
    private static final String TOMCAT = "org.apache.catalina.core.ApplicationContextFacade";

    private Containers() {}

    /** Jetty is used below the Servlet API, and Tomcat's connections are when they leave HTTP. */
    public static Container of(ServletContext context, Scheduler scheduler, Executor executor) {
        JettyRelease.require(context.getServerInfo());
        if (isSeen(JETTY, context)) {
            return new JettyContainer(context, scheduler);
        }
        if (context.getServerInfo().startsWith("jetty/")) {
            LOG.warn(
                    "Jetty hides its server classes from this web application, so that WebSockets break off and clients"
                            + " that leave are noticed late: its WEB-INF/jetty-ee10-web.xml must show them");
        }
        return isSeen(TOMCAT, context) ? new TomcatContainer(executor) : new ServletContainer(executor);
    }

    /** The container's classes count only when they are the running one's: a web application may carry copies. */
    private static boolean isSeen(String contextClass, ServletContext context) {
        try {
            return Class.forName(contextClass, false, Containers.class.getClassLoader())
                    .isInstance(context);
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
