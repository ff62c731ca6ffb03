package io.pingate.standalone.connector;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps some descriptors free for those who are let in, whose requests need one each for the upstream: when they are
 * short, clients' connections without a request that the gate has let in are closed, those that never had one first.
 *
 * <p>Used by the thread that accepts connections.
 */
final class DescriptorGuard {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorGuard.class);
    private static final int MIN_RESERVE = 32;
    private static final int MAX_RESERVE = 1_024;
    /** What the program has open besides clients: its archives, its log, its selectors. */
    private static final int OWN = 128;

    private static final long PAUSE_MILLIS = 20;
    private static final long LONG_PAUSE_MILLIS = 1_000;
    private static final long SAY_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Descriptors descriptors;
    private final ClientConnections connections;
    private final int reserve;
    private int untilNextLook;
    private long saidAt = System.nanoTime() - SAY_AGAIN_NANOS;

    DescriptorGuard(Descriptors descriptors, ClientConnections connections) {
        this.descriptors = descriptors;
        this.connections = connections;
        this.reserve = Math.max(MIN_RESERVE, Math.min(MAX_RESERVE, descriptors.limit() / 8));
    }

    /** A connection was accepted. */
    void accepted() {
        // To count takes time, and every client has two descriptors at most: its own and an upstream's.
        if (2L * connections.size() + OWN + reserve < descriptors.limit() || --untilNextLook > 0) {
            return;
        }
        int free = descriptors.free();
        untilNextLook = (free - reserve) / 4;
        if (free < reserve) {
            shed(reserve - free + reserve / 4);
        }
    }

    /** A connection could not be accepted. Returns after a pause, when it is time to try again. */
    void refused() throws InterruptedException {
        boolean madeRoom = descriptors.free() < reserve && shed(reserve) > 0;
        Thread.sleep(madeRoom ? PAUSE_MILLIS : LONG_PAUSE_MILLIS);
    }

    private int shed(int wanted) {
        int shed = connections.shed(wanted);
        // Until then they are closed for good and can be counted out.
        untilNextLook = shed / 2;
        if (System.nanoTime() - saidAt >= SAY_AGAIN_NANOS) {
            saidAt = System.nanoTime();
            LOG.warn(
                    "Descriptors are short ({} in all, see ulimit -n): connections of clients that are not signed in"
                            + " or idle make room, {} just now.",
                    descriptors.limit(),
                    shed);
        }
        return shed;
    }
}
