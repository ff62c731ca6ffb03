package io.pingate.standalone;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A client's connection, with an idle limit for strangers and between requests, but none within a request that the gate
 * has let in: an upload may pause, and a player that reads no further is not gone. A peer that vanished is found by
 * TCP keep-alive.
 */
final class PatientEndPoint extends SocketChannelEndPoint {
    private volatile boolean patient;

    PatientEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Whether a limit that has run out is let pass. */
    void patient(boolean value) {
        patient = value;
    }

    @Override
    protected void onIdleExpired(TimeoutException timeout) {
        if (!patient) {
            super.onIdleExpired(timeout);
        }
    }
}
