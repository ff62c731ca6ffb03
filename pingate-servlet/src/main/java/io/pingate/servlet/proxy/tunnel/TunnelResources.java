package io.pingate.servlet.proxy.tunnel;

import io.pingate.servlet.event.GateListener;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What all tunnels share.
 *
 * @param executor lends a thread for a long run
 * @param scheduler ends what takes too long
 * @param buffers lend buffers while there are bytes
 * @param listener hears of each tunnel, and how many bytes go through
 */
public record TunnelResources(Executor executor, Scheduler scheduler, ByteBufferPool buffers, GateListener listener) {}
