package io.pingate.servlet.proxy.client.jetty;

/** A client's connection that knows which of its HTTP/2 streams have ended before their time (RFC 9113, section 5.4.2). */
public interface StreamResets {
    /**
     * Tells whether a request's stream was reset, by either side.
     *
     * @param requestId as Jetty's request has it
     * @return true also when the stream is forgotten already
     */
    boolean isReset(String requestId);
}
