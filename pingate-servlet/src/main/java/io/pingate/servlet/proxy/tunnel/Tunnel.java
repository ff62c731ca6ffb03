package io.pingate.servlet.proxy.tunnel;

import io.pingate.servlet.event.Stay;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One open WebSocket: two connections that have left HTTP, joined by a pump for each direction. */
public final class Tunnel {
    /** A WebSocket needs both directions (RFC 6455 section 7.1.1): half of one may rest for so long, no longer. */
    private static final long HALF_CLOSED_IDLE_MILLIS = 60_000;
    /** How long a container may take to hand the client's connection over. */
    private static final long JOIN_MILLIS = 30_000;
    /** How long the ends have to answer a Close frame. */
    private static final long FAREWELL_MILLIS = 1_000;

    private final TunnelResources resources;
    private final EndPointEnd upstream;
    private final Consumer<? super Tunnel> whenClosed;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private final Scheduler.Task joining;
    private @Nullable TunnelEnd client;
    private @Nullable Pump toClient;
    private @Nullable Pump toUpstream;
    private boolean halfClosed;
    private boolean closed;

    /**
     * Takes over the upstream's connection. Nothing is read from it before {@link #join}.
     *
     * @param resources what all tunnels share
     * @param endPoint the connection, of which HTTP has read just a 101
     * @param whenClosed called once, when both connections are closed
     */
    public Tunnel(TunnelResources resources, EndPoint endPoint, Consumer<? super Tunnel> whenClosed) {
        this.resources = resources;
        this.whenClosed = whenClosed;
        this.upstream = new EndPointEnd(endPoint, resources.executor(), end -> {});
        endPoint.upgrade(upstream);
        resources.listener().opened(Stay.WEBSOCKET);
        this.joining = resources.scheduler().schedule(this::breakOff, JOIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Lets the bytes flow; the client has got its 101. */
    public void join(TunnelEnd clientEnd) {
        joining.cancel();
        Pump down = new Pump(upstream, clientEnd, resources, resources.listener()::sent, this::pumpDone);
        Pump up = new Pump(clientEnd, upstream, resources, resources.listener()::received, this::pumpDone);
        synchronized (this) {
            client = clientEnd;
            toClient = down;
            toUpstream = up;
            if (closed) {
                clientEnd.close();
                return;
            }
        }
        down.iterate();
        up.iterate();
    }

    private void pumpDone(@Nullable Throwable cause) {
        if (cause != null) {
            breakOff();
        } else if (isSecondHalf()) {
            close();
        } else {
            upstream.limitIdle(HALF_CLOSED_IDLE_MILLIS);
        }
    }

    private synchronized boolean isSecondHalf() {
        boolean second = halfClosed;
        halfClosed = true;
        return second;
    }

    /** Done when both connections are closed. */
    public CompletableFuture<@Nullable Void> end() {
        return end;
    }

    /** Says goodbye to both ends by a Close frame, where one fits, and closes when they have answered, or soon. */
    public void goAway() {
        Pump down;
        Pump up;
        synchronized (this) {
            down = toClient;
            up = toUpstream;
        }
        if (down == null || up == null) {
            breakOff();
            return;
        }
        down.end(CloseFrame.toClient());
        up.end(CloseFrame.toUpstream());
        resources.scheduler().schedule(this::close, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Closes both connections. */
    public void close() {
        end(TunnelEnd::close);
    }

    /** Resets both connections: one of them broke, or the client never got its 101. */
    public void breakOff() {
        end(TunnelEnd::reset);
    }

    private void end(Consumer<TunnelEnd> way) {
        TunnelEnd other;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            other = client;
        }
        joining.cancel();
        way.accept(upstream);
        if (other != null) {
            way.accept(other);
        }
        whenClosed.accept(this);
        resources.listener().closed(Stay.WEBSOCKET);
        end.complete(null);
    }
}
