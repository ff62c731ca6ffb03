package io.pingate.servlet.proxy.upstream;

import io.pingate.proxy.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** All upstreams: sends requests to them over connections that are kept, and sees to it that none waits for ever. */
public final class Upstreams {
    private static final Duration MAX_SWEEP = Duration.ofSeconds(1);
    private static final Duration MIN_SWEEP = Duration.ofMillis(50);

    private final ClientConnector connector;
    private final Scheduler scheduler;
    private final Duration connectTimeout;
    private final Duration timeout;
    private final Map<PoolKey, ConnectionPool> pools = new ConcurrentHashMap<>();
    private final Set<UpstreamCall> calls = ConcurrentHashMap.newKeySet();
    private final FixedDelayTask sweep;
    /** By what certain upstreams are known; for the others goes what Java takes by itself. */
    private volatile Map<Upstream, UpstreamSsl> ssl = Map.of();

    /** Connections stay with their selector. */
    private record PoolKey(Upstream upstream, @Nullable ManagedSelector near) {
        /** Not the one that Java makes: see {@link io.pingate.http.IpAddress#equals}. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof PoolKey key && near == key.near && upstream.equals(key.upstream);
        }

        @Override
        public int hashCode() {
            return upstream.hashCode() + System.identityHashCode(near);
        }
    }

    /**
     * Makes connections by a connector.
     *
     * @param connector makes the connections; started
     * @param timeout how long an upstream may take no bytes of a request, or give no answer to it
     */
    public Upstreams(ClientConnector connector, Duration timeout) {
        this.connector = connector;
        this.scheduler = connector.getScheduler();
        this.connectTimeout = connector.getConnectTimeout();
        this.timeout = timeout;
        this.sweep = new FixedDelayTask(scheduler, sweepPeriod(connectTimeout, timeout), this::sweep);
    }

    /** Fine enough for the shorter of the two, so that neither is overrun by more than a quarter or a second. */
    private static Duration sweepPeriod(Duration one, Duration other) {
        Duration quarter = (one.compareTo(other) < 0 ? one : other).dividedBy(4);
        if (quarter.compareTo(MIN_SWEEP) < 0) {
            return MIN_SWEEP;
        }
        return quarter.compareTo(MAX_SWEEP) < 0 ? quarter : MAX_SWEEP;
    }

    /**
     * From now on upstreams are known by something else: no connection of before serves another request.
     *
     * @param certain by what certain upstreams are known; for the others goes what Java takes by itself
     * @throws IllegalStateException when TLS can't be set up
     */
    public void knowBy(Map<Upstream, UpstreamSsl> certain) {
        for (UpstreamSsl one : certain.values()) {
            try {
                one.start();
            } catch (Exception e) {
                throw new IllegalStateException("TLS towards the upstream can't be set up", e);
            }
        }
        ssl = Map.copyOf(certain);
        List<ConnectionPool> before = List.copyOf(pools.values());
        pools.values().removeAll(before);
        before.forEach(ConnectionPool::close);
    }

    /** Begins to look after deadlines. */
    public void start() {
        sweep.start();
    }

    /** Closes the connections that serve nobody; the others are for those to end who began. */
    public void stop() {
        sweep.stop();
        pools.values().forEach(ConnectionPool::close);
    }

    /**
     * Sends a request.
     *
     * @param request the request
     * @param listener hears of what comes of it, possibly before this returns
     * @param began takes the call, before the listener hears of anything
     * @param fresh whether by a new connection in any case, as after a kept one that turned out to be stale
     */
    public void send(UpstreamRequest request, UpstreamListener listener, CallTaker began, boolean fresh) {
        UpstreamCall call = new UpstreamCall(this, request, listener);
        calls.add(call);
        began.take(call);
        pools.computeIfAbsent(new PoolKey(request.upstream(), request.near()), this::pool)
                .serve(call, fresh);
    }

    private ConnectionPool pool(PoolKey key) {
        return new ConnectionPool(key.upstream, key.near, connector, () -> ssl.get(key.upstream));
    }

    /** Takes the call of a request. */
    public interface CallTaker {
        /**
         * Takes a call that has just begun.
         *
         * @param call by which the request can be ended
         */
        void take(UpstreamCall call);
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration timeout() {
        return timeout;
    }

    void schedule(Runnable action, Duration delay) {
        scheduler.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    void leave(UpstreamCall call) {
        calls.remove(call);
    }

    private void sweep() {
        long now = NanoTime.now();
        calls.forEach(call -> call.checkDeadline(now));
        pools.values().forEach(pool -> pool.closeOld(now));
    }
}
