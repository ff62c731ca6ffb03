package io.pingate.servlet.event;

/** What is open for a while. */
public enum Stay {
    /** A request that the upstream serves, until its response is over: a stream of events for hours. */
    EXCHANGE,
    /** A WebSocket. */
    WEBSOCKET;

    /** {@return its name in a metric} */
    public String label() {
        return Label.of(this);
    }
}
