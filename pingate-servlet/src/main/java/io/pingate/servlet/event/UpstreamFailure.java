package io.pingate.servlet.event;

/** How an upstream fails. */
public enum UpstreamFailure {
    /** There is no connection to it, or none that gives an answer: the client gets 502. */
    UNREACHABLE,
    /** It takes too long: the client gets 504. */
    TIMEOUT,
    /** It has begun an answer and broken it off. */
    BROKEN;

    /** {@return its name in a metric} */
    public String label() {
        return Label.of(this);
    }
}
