package io.pingate.servlet.event;

import java.util.Locale;

/** What is open for a while. */
public enum Stay {
    /** A request that the upstream serves, until its response is over: a stream of events for hours. */
    EXCHANGE,
    /** A WebSocket. */
    WEBSOCKET;

    /** {@return its name in a metric} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
