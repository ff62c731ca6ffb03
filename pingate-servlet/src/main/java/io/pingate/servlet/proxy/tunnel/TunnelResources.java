package io.pingate.servlet.proxy.tunnel;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What all tunnels share.
 *
 * @param executor lends a thread for a long run
 * @param scheduler ends what takes too long
 * @param buffers lend buffers while there are bytes
 */
public record TunnelResources(Executor executor, Scheduler scheduler, ByteBufferPool buffers) {}
