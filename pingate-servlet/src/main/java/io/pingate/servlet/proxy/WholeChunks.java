package io.pingate.servlet.proxy;

/**
 * A connection to a client of HTTP/1.1 that leaves it to whoever writes a response to frame a body in chunks, once that
 * has set {@code Transfer-Encoding: chunked}.
 *
 * <p>Jetty itself writes the line end behind a chunk's bytes in front of the next chunk only, so that a client that reads
 * by lines gets each event one event late.
 */
public interface WholeChunks {}
