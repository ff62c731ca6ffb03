package io.pingate.servlet;

import io.pingate.PinGate;
import io.pingate.servlet.state.Epoch;

/** The policy of a webapp's gate, which changes when everybody is signed out; others can see that it runs. */
final class CurrentGate implements AutoCloseable {
    private final PinGateSettings settings;
    private final String contextPath;
    private final Runnable whenSignedOut;
    private volatile Version version;

    /** {@code contextPath} is empty for a webapp at the root; {@code whenSignedOut} is told when everybody was signed out. */
    CurrentGate(PinGateSettings settings, String contextPath, Runnable whenSignedOut) {
        this.settings = settings;
        this.contextPath = contextPath;
        this.whenSignedOut = whenSignedOut;
        this.version = version(settings.epoch().now());
        settings.epoch().announce();
    }

    /**
     * A policy that stays the same, for the whole of one request.
     *
     * @param policy decides
     * @param mark the time for which it does
     */
    record Version(PinGate policy, Epoch.Mark mark) {}

    Version now() {
        Epoch.Mark mark = settings.epoch().now();
        Version now = version;
        return now.mark == mark ? now : next(mark);
    }

    /** By one thread, so that it is told once. */
    private synchronized Version next(Epoch.Mark mark) {
        Version last = version;
        if (last.mark == mark) {
            return last;
        }
        Version next = version(mark);
        version = next;
        if (next.mark.number() != last.mark.number()) {
            whenSignedOut.run();
        }
        return next;
    }

    private Version version(Epoch.Mark mark) {
        return new Version(settings.gate(contextPath, mark), mark);
    }

    @Override
    public void close() {
        settings.epoch().withdraw();
    }
}
