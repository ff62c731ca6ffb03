package io.pingate.servlet.proxy.intercept;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;

/**
 * What a proxy lends to an interceptor. A type of our own, since the filter runs without Jetty's jars, too, and reads the
 * settings of both.
 *
 * @param buffers the proxy's buffers
 * @param threads run what can't share its caller's thread; as many as there are tasks, since callers wait for them
 * @param contextPath where the webapp lies, empty at the root
 */
public record ProxyResources(ByteBufferPool buffers, Executor threads, String contextPath) {}
