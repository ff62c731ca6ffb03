package io.pingate.servlet.proxy;

import org.eclipse.jetty.io.EofException;

/**
 * The time for which the container leaves a request and its response to the proxy.
 *
 * <p>Tomcat recycles both, for the next connection, as soon as it has told of an error, even while the thread that met
 * the error is still inside them; whatever that thread leaves behind there then ends a stranger's response. So all
 * threads touch the two under this monitor only, and never once the lease is over; and since the container's thread has
 * to pass through {@link #end} before it recycles anything, it finds nobody inside.
 *
 * <p>Nothing may wait for the container's own threads in here: setting a listener does.
 */
final class Lease {
    private boolean over;

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
     * Gives request and response back, unless that was done before.
     *
     * @param farewell the last that is done with them
     */
    synchronized void end(Runnable farewell) {
        if (over) {
            return;
        }
        over = true;
        try {
            farewell.run();
        } catch (IllegalStateException takenBack) {
            // The container has ended the exchange without a word: it is stopping the web application.
        }
    }
}
