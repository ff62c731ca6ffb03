package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.handler.PinGateHandler;
import io.pingate.servlet.proxy.client.BegunExchanges;
import io.pingate.servlet.proxy.client.ExchangeHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The gate in a bare Jetty server, below the servlets. */
final class EmbeddedHandler implements Gate {
    private final Server server = new Server(new QueuedThreadPool(12));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    EmbeddedHandler(PinGateSettings settings) throws Exception {
        this(new GracefulHandler(new PinGateHandler(settings, admitted -> {})));
    }

    EmbeddedHandler(BegunExchanges exchanges) throws Exception {
        this(new ExchangeHandler(exchanges));
    }

    private EmbeddedHandler(Handler handler) throws Exception {
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    /** The handler before the server, which closes its connections first: WebSockets send a Close frame over theirs. */
    @Override
    public void close() {
        LifeCycle.stop(server.getHandler());
        LifeCycle.stop(server);
    }
}
