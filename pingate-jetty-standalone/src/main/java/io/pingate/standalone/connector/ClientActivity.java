package io.pingate.standalone.connector;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes on on a client's connection, as far as time and worth are concerned. The connection tells it, from whatever
 * thread it is on; the sweep asks.
 *
 * <p>An HTTP/1.1 connection has one request at a time, an HTTP/2 connection many.
 */
final class ClientActivity {
    /** In the order in which connections have to go when there are too many; the last one never has to. */
    enum Worth {
        /** Nothing has come of it so far. */
        NO_REQUEST_YET,
        /** It is in the midst of a request that the gate has not let in. */
        STRANGER,
        /** Between requests: its client opens another one when it needs it. */
        IDLE,
        ADMITTED
    }

    private static final long NONE = 0;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger admitted = new AtomicInteger();
    /** In {@link System#nanoTime()}. */
    private volatile long headSince = now();

    private volatile long requestSince = headSince;
    private volatile boolean served;

    /** Never {@link #NONE}. */
    private static long now() {
        return System.nanoTime() | 1;
    }

    /** A request's first byte is there. Returns false when one was under way already. */
    boolean headBegins() {
        if (headSince != NONE) {
            return false;
        }
        headSince = now();
        return true;
    }

    /** A request's head is there as a whole. */
    void headEnds() {
        headSince = NONE;
    }

    void requestBegins() {
        served = true;
        requestSince = now();
        running.incrementAndGet();
    }

    void requestEnds() {
        requestSince = now();
        running.decrementAndGet();
    }

    /** The gate has let a running request in. */
    void admissionBegins() {
        admitted.incrementAndGet();
    }

    void admissionEnds() {
        admitted.decrementAndGet();
    }

    /** How long a head has been on its way; 0 without one. */
    long headNanos() {
        long since = headSince;
        return since == NONE ? 0 : System.nanoTime() - since;
    }

    boolean hasAdmitted() {
        return admitted.get() > 0;
    }

    /** In a request, yet in none that the gate has let in. */
    boolean isStranger() {
        return running.get() > 0 && !hasAdmitted();
    }

    Worth worth() {
        if (hasAdmitted()) {
            return Worth.ADMITTED;
        }
        if (!served) {
            return Worth.NO_REQUEST_YET;
        }
        return running.get() > 0 || headSince != NONE ? Worth.STRANGER : Worth.IDLE;
    }

    /** Since when it is what it is: of two connections of the same worth, the one that has been so for longer goes. */
    long since() {
        long head = headSince;
        return head == NONE ? requestSince : head;
    }
}
