package io.pingate.servlet.event;

/**
 * Hears what happens at a gate, as an embedder's or the gate's own log and metrics do. Each method does nothing by default.
 *
 * <p>It is called on the threads that serve requests, by many of them at once: it must not wait, and throws nothing.
 */
public interface GateListener {
    /**
     * Somebody has signed in or out, or was refused.
     *
     * @param event what happened; nothing in it is secret, but the user agent and a reason may be a stranger's text
     */
    default void noted(GateEvent event) {}

    /**
     * A request was judged, once for each.
     *
     * @param outcome what becomes of it
     */
    default void judged(Outcome outcome) {}

    /**
     * An upstream has answered: the head of its final response is here.
     *
     * @param status the status code
     * @param nanos the time since the request was sent to it, in nanoseconds
     */
    default void upstreamAnswered(int status, long nanos) {}

    /**
     * An upstream has not answered, or not to the end.
     *
     * @param failure how it failed
     */
    default void upstreamFailed(UpstreamFailure failure) {}

    /**
     * Something begins that stays open for a while.
     *
     * @param stay what it is
     */
    default void opened(Stay stay) {}

    /**
     * Something is over that was opened.
     *
     * @param stay what it was
     */
    default void closed(Stay stay) {}

    /**
     * Bytes of bodies and WebSockets have gone from a client to an upstream.
     *
     * @param bytes how many since the last call
     */
    default void received(long bytes) {}

    /**
     * Bytes of bodies and WebSockets have gone from an upstream to a client.
     *
     * @param bytes how many since the last call
     */
    default void sent(long bytes) {}
}
