package io.pingate.servlet.proxy.upstream;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to an upstream, up to the end of its response.
 *
 * <p>Whoever began it ends it, by {@link #finish} when the whole response has been read, or by {@link #abort}; both are
 * to come before the client's side is let go of.
 */
public final class UpstreamCall {
    /** How long the body is held back for a {@code 100 Continue} that may never come (RFC 9110, section 10.1.1). */
    private static final Duration CONTINUE_PATIENCE = Duration.ofSeconds(1);

    /** How long the last bytes of a request may be on their way when it is answered already. */
    private static final Duration LAST_BYTES_PATIENCE = Duration.ofMillis(100);

    private enum Wait {
        CONNECTED,
        PROGRESS,
        NOTHING
    }

    private final Upstreams upstreams;
    private final UpstreamRequest request;
    private final UpstreamListener listener;
    /** Whether the listener has heard the last it hears: the head, a switch or a failure. */
    private final AtomicBoolean told = new AtomicBoolean();

    private volatile @Nullable UpstreamConnection connection;
    private volatile @Nullable RequestWriter writer;
    private volatile @Nullable Throwable writeFailure;
    private boolean over;
    private boolean connected;
    private Wait wait = Wait.CONNECTED;
    private long deadline;

    UpstreamCall(Upstreams upstreams, UpstreamRequest request, UpstreamListener listener) {
        this.upstreams = upstreams;
        this.request = request;
        this.listener = listener;
        this.deadline = NanoTime.now() + upstreams.connectTimeout().toNanos();
    }

    UpstreamRequest request() {
        return request;
    }

    /** The request is about to be written to a connection; false when the call is over by now. */
    synchronized boolean begin(UpstreamConnection taken, RequestWriter begun) {
        if (over) {
            return false;
        }
        connection = taken;
        writer = begun;
        if (request.expectsContinue()) {
            upstreams.schedule(begun::proceed, CONTINUE_PATIENCE);
        }
        return true;
    }

    /** The connection can be written to; for TLS, when its handshake is done. */
    synchronized void connected() {
        connected = true;
        expectProgress();
    }

    /**
     * Ends the call when the whole response has been read. The connection is kept for another request when both messages
     * are whole; if the request isn't, nothing of it is written or read any more.
     *
     * @param then what is done when no byte of the request's body is in use any more: the client's side may be let go of
     */
    public void finish(Runnable then) {
        UpstreamConnection used = connection;
        RequestWriter request = writer;
        if (!end() || used == null || request == null) {
            then.run();
            return;
        }
        used.finish(request, then);
        if (!request.isSettled()) {
            // The upstream has answered, and leaves the last bytes where they are.
            upstreams.schedule(
                    () -> {
                        if (!request.isSettled()) {
                            used.breakOff();
                        }
                    },
                    LAST_BYTES_PATIENCE);
        }
    }

    /**
     * Gives the call up and closes its connection. Nothing of the request is written or read any more, and the response,
     * if it has begun, ends with a failure.
     *
     * @param cause why; the listener hears of it when it has heard of no response yet
     */
    public void abort(Throwable cause) {
        if (end()) {
            UpstreamConnection used = connection;
            if (used != null) {
                used.breakOff();
            }
            fail(cause, false);
        }
    }

    /** True for the one who ends the call, and who tells the listener. */
    private boolean end() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
        }
        upstreams.leave(this);
        return true;
    }

    private void fail(Throwable cause, boolean stale) {
        if (told.compareAndSet(false, true)) {
            listener.failed(cause, stale);
        }
    }

    /** No connection could be had. */
    void notConnected(Throwable cause) {
        if (end()) {
            fail(cause, false);
        }
    }

    void interim(int status, HttpFields fields) {
        restartClock();
        RequestWriter begun = writer;
        if (status == 100 && begun != null) {
            begun.proceed();
        } else if (status != 100) {
            listener.interim(status, fields);
        }
    }

    void head(UpstreamResponse response) {
        if (told.compareAndSet(false, true)) {
            listener.head(response);
        } else {
            response.fail(new TimeoutException("given up"));
        }
    }

    void switched(HttpFields fields, EndPoint endPoint) {
        if (end() && told.compareAndSet(false, true)) {
            listener.switched(fields, endPoint);
        } else {
            endPoint.close();
        }
    }

    /**
     * The connection broke before a response came.
     *
     * @param stale whether it had served other requests before, and has said nothing on this one
     */
    void broken(Throwable cause, boolean stale) {
        Throwable first = writeFailure;
        if (end()) {
            fail(first == null ? cause : first, stale && !request.upgrades());
        }
    }

    /** The upstream takes no more of the request. It may have answered before, so this alone ends nothing. */
    void notTaken(Throwable cause) {
        writeFailure = cause;
        expectProgress();
    }

    void sent() {
        expectProgress();
    }

    /** The upstream is to do something within the time that it has: to take bytes, or to answer. */
    synchronized void expectProgress() {
        if (connected) {
            wait = Wait.PROGRESS;
            deadline = NanoTime.now() + upstreams.timeout().toNanos();
        }
    }

    /** It is the client's turn, who may take any time. */
    synchronized void expectNothing() {
        if (connected) {
            wait = Wait.NOTHING;
        }
    }

    private synchronized void restartClock() {
        if (wait == Wait.PROGRESS) {
            expectProgress();
        }
    }

    /** Gives the call up when its time has run out; once there is a response it has all the time of the world. */
    void checkDeadline(long now) {
        Wait expired;
        synchronized (this) {
            if (told.get() || wait == Wait.NOTHING || NanoTime.isBefore(now, deadline)) {
                return;
            }
            expired = wait;
        }
        abort(
                expired == Wait.CONNECTED
                        ? new SocketTimeoutException("no connection in time")
                        : new TimeoutException(
                                "no answer within " + upstreams.timeout().toMillis() + " ms"));
    }
}
