package io.pingate.servlet;

import io.pingate.PinGate;
import io.pingate.servlet.state.Epoch;

/** The policy of a webapp's gate, which changes when everybody is signed out; others can see that it runs. */
final class CurrentGate implements AutoCloseable {
    private final PinGateSettings settings;
    private final String contextPath;
    private volatile Version version;

    /** {@code contextPath} is empty for a webapp at the root. */
    CurrentGate(PinGateSettings settings, String contextPath) {
        this.settings = settings;
        this.contextPath = contextPath;
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
        if (now.mark != mark) {
            now = version(mark);
            version = now;
        }
        return now;
    }

    private Version version(Epoch.Mark mark) {
        return new Version(settings.gate(contextPath, mark), mark);
    }

    @Override
    public void close() {
        settings.epoch().withdraw();
    }
}
