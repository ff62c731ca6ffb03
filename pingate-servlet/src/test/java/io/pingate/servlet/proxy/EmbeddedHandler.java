package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.handler.PinGateHandler;
import io.pingate.servlet.proxy.client.BegunExchanges;
import io.pingate.servlet.proxy.client.ExchangeHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;

/** The gate in a bare Jetty server, below the servlets. */
final class EmbeddedHandler extends ListeningJetty {
    EmbeddedHandler(PinGateSettings settings) throws Exception {
        listen(new GracefulHandler(new PinGateHandler(settings, admitted -> {})));
    }

    EmbeddedHandler(BegunExchanges exchanges) throws Exception {
        listen(new ExchangeHandler(exchanges));
    }

    /** The handler before the server, which closes its connections first: WebSockets send a Close frame over theirs. */
    @Override
    public void close() {
        LifeCycle.stop(handler());
        super.close();
    }
}
