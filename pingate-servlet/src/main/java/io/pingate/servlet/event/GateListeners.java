package io.pingate.servlet.event;

import java.util.Arrays;
import java.util.stream.Stream;

/** Those who hear what happens at a gate. Listeners may be added and removed at any time, by any thread. */
public final class GateListeners implements GateListener {
    /** An array, since every request goes through it, and no iterator is to be made for each. */
    private volatile GateListener[] all = {};

    /**
     * Lets somebody hear.
     *
     * @param listener is told from now on
     */
    public synchronized void add(GateListener listener) {
        all = Stream.concat(Arrays.stream(all), Stream.of(listener)).toArray(GateListener[]::new);
    }

    /**
     * Lets somebody hear no more.
     *
     * @param listener is told nothing from now on
     */
    public synchronized void remove(GateListener listener) {
        all = Arrays.stream(all).filter(other -> other != listener).toArray(GateListener[]::new);
    }

    /** {@return whether nobody hears, so that nothing has to be found out for them} */
    public boolean isEmpty() {
        return all.length == 0;
    }

    @Override
    public void noted(GateEvent event) {
        for (GateListener listener : all) {
            listener.noted(event);
        }
    }

    @Override
    public void judged(Outcome outcome) {
        for (GateListener listener : all) {
            listener.judged(outcome);
        }
    }

    @Override
    public void upstreamAnswered(int status, long nanos) {
        for (GateListener listener : all) {
            listener.upstreamAnswered(status, nanos);
        }
    }

    @Override
    public void upstreamFailed(UpstreamFailure failure) {
        for (GateListener listener : all) {
            listener.upstreamFailed(failure);
        }
    }

    @Override
    public void opened(Stay stay) {
        for (GateListener listener : all) {
            listener.opened(stay);
        }
    }

    @Override
    public void closed(Stay stay) {
        for (GateListener listener : all) {
            listener.closed(stay);
        }
    }

    @Override
    public void received(long bytes) {
        for (GateListener listener : all) {
            listener.received(bytes);
        }
    }

    @Override
    public void sent(long bytes) {
        for (GateListener listener : all) {
            listener.sent(bytes);
        }
    }
}
