package io.pingate.servlet;

import io.pingate.PinGate;
import io.pingate.servlet.page.Answers;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.page.GatePages;
import io.pingate.servlet.state.Epoch;
import java.time.InstantSource;

/**
 * The gate of a webapp, which changes when everybody is signed out and when its terms do; others can see that it runs.
 */
final class CurrentGate implements AutoCloseable {
    private final PinGateSettings settings;
    private final String contextPath;
    private final InstantSource clock;
    private final Runnable whenSignedOut;
    private final Runnable look = this::next;
    private volatile Version version;

    /** {@code contextPath} is empty for a webapp at the root; {@code whenSignedOut} is told when everybody was signed out. */
    CurrentGate(PinGateSettings settings, String contextPath, InstantSource clock, Runnable whenSignedOut) {
        this.settings = settings;
        this.contextPath = contextPath;
        this.clock = clock;
        this.whenSignedOut = whenSignedOut;
        // First: what it goes by may be known to others alone.
        settings.announce();
        try {
            this.version = version(settings.now(), settings.epoch().now());
        } catch (RuntimeException e) {
            settings.withdraw();
            throw e;
        }
        // That everybody was signed out is told when it happens, and not with the next request.
        settings.lookout().add(look);
    }

    /**
     * A gate that stays the same, for the whole of one request.
     *
     * @param policy decides
     * @param terms what it goes by
     * @param mark the time for which it does
     * @param answers what it says
     * @param forwardAuth what it says to proxies that ask
     */
    record Version(PinGate policy, GateTerms terms, Epoch.Mark mark, Answers answers, ForwardAuth forwardAuth) {
        ErrorPages errors() {
            return answers.pages().errors();
        }
    }

    Version now() {
        // First the look at files that this may cause, then what came of it.
        Epoch.Mark mark = settings.epoch().now();
        GateTerms terms = settings.now();
        Version now = version;
        return now.mark == mark && now.terms == terms ? now : next();
    }

    /** By one thread, so that it is told once. */
    private synchronized Version next() {
        // Anew: whoever had to wait for the lock may hold what is past by now. Whoever looks may wait for it, too.
        Epoch.Mark mark = settings.epoch().known();
        GateTerms terms = settings.now();
        Version last = version;
        if (last.mark == mark && last.terms == terms) {
            return last;
        }
        Version next = version(terms, mark);
        version = next;
        if (next.mark.number() != last.mark.number()) {
            whenSignedOut.run();
        }
        return next;
    }

    private Version version(GateTerms terms, Epoch.Mark mark) {
        PinGate policy = terms.gate(contextPath, mark);
        GatePages pages = new GatePages(
                terms.dress(), policy.paths(), terms.pin().pin().isDigits(), policy.sessionLifetime(), clock);
        return new Version(policy, terms, mark, new Answers(pages, contextPath), new ForwardAuth(terms.forwardAuth()));
    }

    @Override
    public void close() {
        settings.lookout().remove(look);
        settings.withdraw();
    }
}
