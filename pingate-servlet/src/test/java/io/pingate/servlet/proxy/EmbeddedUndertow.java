package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateFilter;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.proxy.client.BegunExchanges;
import io.pingate.servlet.proxy.client.ExchangeServlet;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;

/** The gate in a container that it has no ways of its own for. */
final class EmbeddedUndertow implements Gate {
    private final DeploymentManager deployment;
    private final Undertow server;

    EmbeddedUndertow(PinGateSettings settings) throws Exception {
        this(webapp(Servlets.servlet("proxy", UpstreamProxyServlet.class))
                .addServletContextAttribute(PinGateSettings.ATTRIBUTE, settings)
                .addFilter(Servlets.filter("gate", PinGateFilter.class).setAsyncSupported(true))
                .addFilterUrlMapping("gate", "/*", DispatcherType.REQUEST));
    }

    EmbeddedUndertow(BegunExchanges exchanges) throws Exception {
        this(webapp(Servlets.servlet(
                "exchange",
                ExchangeServlet.class,
                () -> new ImmediateInstanceHandle<>(new ExchangeServlet(exchanges)))));
    }

    private static DeploymentInfo webapp(ServletInfo servlet) {
        return Servlets.deployment()
                .setClassLoader(EmbeddedUndertow.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("gate")
                .addServlet(servlet.addMapping("/*").setAsyncSupported(true));
    }

    private EmbeddedUndertow(DeploymentInfo webapp) throws Exception {
        deployment = Servlets.defaultContainer().addDeployment(webapp);
        deployment.deploy();
        server = Undertow.builder()
                // A worker that drains a request as its connection is closed waits for ever, and so would a stop for
                // it.
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 5_000)
                .addHttpListener(0, "127.0.0.1")
                .setHandler(deployment.start())
                .build();
        server.start();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        try {
            deployment.stop();
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
        server.stop();
    }
}
