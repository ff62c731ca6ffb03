package io.pingate.servlet.proxy.client.jetty;

/**
 * A connection to a client of HTTP/1.1 that takes the first chunk of a body framed already, when it comes with a head that
 * says {@code Transfer-Encoding: chunked}, so that both go out in one write.
 *
 * <p>Jetty's own writes the line end behind a chunk's bytes in front of the next chunk only. There, the head goes out
 * first.
 */
public interface WholeChunks {}
