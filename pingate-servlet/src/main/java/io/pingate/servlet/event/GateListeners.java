package io.pingate.servlet.event;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who hear what happens at a gate. Listeners may be added and removed at any time, by any thread. */
public final class GateListeners implements GateListener {
    private final CopyOnWriteArrayList<GateListener> all = new CopyOnWriteArrayList<>();

    /**
     * Lets somebody hear.
     *
     * @param listener is told from now on
     */
    public void add(GateListener listener) {
        all.add(listener);
    }

    /**
     * Lets somebody hear no more.
     *
     * @param listener is told nothing from now on
     */
    public void remove(GateListener listener) {
        all.remove(listener);
    }

    /** {@return whether nobody hears, so that nothing has to be found out for them} */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    private void tell(Consumer<GateListener> call) {
        for (GateListener listener : all) {
            call.accept(listener);
        }
    }

    @Override
    public void noted(GateEvent event) {
        tell(listener -> listener.noted(event));
    }

    @Override
    public void judged(Outcome outcome) {
        tell(listener -> listener.judged(outcome));
    }

    @Override
    public void upstreamAnswered(int status, long nanos) {
        tell(listener -> listener.upstreamAnswered(status, nanos));
    }

    @Override
    public void upstreamFailed(UpstreamFailure failure) {
        tell(listener -> listener.upstreamFailed(failure));
    }

    @Override
    public void opened(Stay stay) {
        tell(listener -> listener.opened(stay));
    }

    @Override
    public void closed(Stay stay) {
        tell(listener -> listener.closed(stay));
    }

    @Override
    public void received(long bytes) {
        tell(listener -> listener.received(bytes));
    }

    @Override
    public void sent(long bytes) {
        tell(listener -> listener.sent(bytes));
    }
}
