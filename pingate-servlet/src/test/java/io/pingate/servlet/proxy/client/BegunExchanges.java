package io.pingate.servlet.proxy.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client's halves of all exchanges that begin in a container, for the test to take. */
public final class BegunExchanges {
    private final BlockingQueue<ClientExchange> begun = new LinkedBlockingQueue<>();

    void add(ClientExchange exchange) {
        begun.add(exchange);
    }

    ClientExchange next() throws InterruptedException {
        ClientExchange next = begun.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request has arrived");
        }
        return next;
    }
}
