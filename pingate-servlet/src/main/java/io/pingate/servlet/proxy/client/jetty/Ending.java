package io.pingate.servlet.proxy.client.jetty;

import java.util.function.Consumer;

/** How an exchange tells its end to whoever has handed it the request, and hears of an end that comes from there. */
interface Ending {
    /** All is written, and the request's connection may go on. */
    void complete();

    /** Cuts the response off. */
    void abort(Throwable cause);

    /** Calls {@code action}, once at most, when the server finds that the client has gone. */
    void whenFailed(Consumer<Throwable> action);
}
