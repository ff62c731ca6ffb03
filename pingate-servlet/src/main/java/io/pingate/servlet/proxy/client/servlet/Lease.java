package io.pingate.servlet.proxy.client.servlet;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/**
 * The time for which the container leaves a request and its response to the proxy.
 *
 * <p>Tomcat recycles both, for the next connection, as soon as it has told of an error, even while the thread that met
 * the error is still inside them; whatever that thread leaves behind there then ends a stranger's response. So all
 * threads touch the two under this monitor only, and never once the lease is over; and since the container's thread has
 * to pass through {@link #end} before it recycles anything, it finds nobody inside.
 *
 * <p>Nothing may wait for the container's own threads under the monitor, which setting a listener does, and reading the
 * end of a body. So a reader {@linkplain #enter enters} instead, and the lease ends when it has left.
 */
final class Lease {
    /** How long the container's thread waits for a reader, who may wait for the container itself. */
    private static final long READER_MILLIS = 1_000;

    private boolean over;
    private @Nullable Thread reader;
    private @Nullable Runnable farewell;

    synchronized boolean isOver() {
        return over;
    }

    /**
     * Makes sure that request and response are still there; for those who hold the monitor.
     *
     * @throws EofException when they are the container's again
     */
    synchronized void check() throws EofException {
        if (over) {
            throw new EofException("the container has ended this exchange");
        }
    }

    /** Does something with request or response, if they are still there. */
    synchronized void use(Runnable action) {
        if (!over) {
            action.run();
        }
    }

    /**
     * Begins to read the request, without the monitor; there is one reader at a time.
     *
     * @throws EofException when the request is the container's again
     */
    synchronized void enter() throws EofException {
        check();
        reader = Thread.currentThread();
    }

    /** Ends what {@link #enter} has begun, and the lease, if somebody wanted to meanwhile. */
    void leave() {
        Runnable last;
        synchronized (this) {
            reader = null;
            last = farewell;
            farewell = null;
            notifyAll();
        }
        if (last != null) {
            say(last);
        }
    }

    /**
     * Gives request and response back, unless that was done before.
     *
     * @param last the last that is done with them; by a reader who is inside, when it leaves
     */
    synchronized void end(Runnable last) {
        if (over) {
            return;
        }
        over = true;
        if (reader == null) {
            say(last);
        } else {
            farewell = last;
        }
    }

    /** The same for the container's own thread, which takes both back after this: waits a while for a reader to leave. */
    synchronized void endAtOnce(Runnable last) {
        end(last);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READER_MILLIS);
        try {
            for (long left = READER_MILLIS; left > 0 && reader != null && reader != Thread.currentThread(); ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(Runnable last) {
        try {
            last.run();
        } catch (IllegalStateException takenBack) {
            // The container has ended the exchange without a word: it is stopping the web application.
        }
    }
}
