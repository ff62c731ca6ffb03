package io.pingate.spring;

import io.pingate.servlet.proxy.client.jetty.JettyRelease;
import jakarta.servlet.Servlet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** The proxy, for an application that also stands before another program: {@code pingate.proxy.enabled=true}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "pingate.proxy.enabled")
final class ProxyConfiguration {
    private static final String LIBRARY = "org.eclipse.jetty.ee10.proxy.ProxyServlet";

    @Bean
    ServletRegistrationBean<Servlet> pinGateProxy(Environment environment) {
        requireJetty();
        String[] paths = Binder.get(environment)
                .bind("pingate.proxy.paths", String[].class)
                .orElseGet(() -> new String[] {"/*"});
        ServletRegistrationBean<Servlet> proxy = new ServletRegistrationBean<>(servlet(), paths);
        proxy.setName("pingate-proxy");
        proxy.setAsyncSupported(true);
        proxy.setLoadOnStartup(1);
        return proxy;
    }

    private static void requireJetty() {
        if (!ClassUtils.isPresent(LIBRARY, ProxyConfiguration.class.getClassLoader())) {
            throw new ProxyUnavailableException(
                    "pingate.proxy.enabled: the proxy's library isn't there.",
                    "Add the dependency org.eclipse.jetty.ee10:jetty-ee10-proxy, in a version from 12.1.7 on.");
        }
        try {
            JettyRelease.require("jetty/" + version());
        } catch (IllegalStateException old) {
            throw new ProxyUnavailableException(
                    "pingate.proxy.enabled: " + old.getMessage() + ".",
                    "Spring Boot 3.5 manages an older Jetty: set the property jetty.version of your build to 12.1.14, and"
                            + " keep Tomcat as the server, since that Boot's own Jetty server wants the older one.");
        }
    }

    private static String version() {
        return org.eclipse.jetty.util.Jetty.VERSION;
    }

    private static Servlet servlet() {
        return new io.pingate.servlet.proxy.UpstreamProxyServlet();
    }
}
