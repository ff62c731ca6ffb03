package io.pingate.servlet.proxy.client;

import io.pingate.servlet.proxy.client.jetty.ClientWatch;
import io.pingate.servlet.proxy.client.jetty.JettyExchange;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands the client's half of every exchange to the test, as the gate's handler hands it to the upstream's half. */
public final class ExchangeHandler extends Handler.Abstract.NonBlocking {
    private final BegunExchanges begun;
    private ClientWatch watch;

    public ExchangeHandler(BegunExchanges begun) {
        this.begun = begun;
    }

    @Override
    protected void doStart() throws Exception {
        watch = new ClientWatch(getServer().getScheduler());
        watch.start();
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        watch.stop();
        super.doStop();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        begun.add(JettyExchange.of(request, response, callback, watch));
        return true;
    }
}
