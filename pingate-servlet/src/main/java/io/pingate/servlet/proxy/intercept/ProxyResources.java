package io.pingate.servlet.proxy.intercept;

import org.eclipse.jetty.io.ByteBufferPool;

/**
 * What a proxy lends to an interceptor. A type of our own, since the filter runs without Jetty's jars, too, and reads the
 * settings of both.
 *
 * @param buffers the proxy's buffers
 */
public record ProxyResources(ByteBufferPool buffers) {}
