package io.pingate.servlet.proxy;

import io.pingate.servlet.Admission;
import io.pingate.servlet.proxy.upstream.FixedDelayTask;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.util.thread.Scheduler;

/** What signed-in clients have open. It ends when everybody is signed out or the session is over, a silent stream too. */
public final class OpenExchanges {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** With no more than says how long they may stay: a socket may be idle for days, and its request's head is in memory no more. */
    private final Map<Exchange, BooleanSupplier> open = new ConcurrentHashMap<>();

    private final Runnable heedSignOut;
    private final FixedDelayTask watch;

    /** Something that may stay open for long. */
    public interface Exchange {
        /** Ends it, unless it is over already; called on a scheduler's thread, which waits for nothing. */
        void signOut();
    }

    /** {@code heedSignOut} is done each second: without exchanges too, it is to be told from outside that it was. */
    OpenExchanges(Scheduler scheduler, Runnable heedSignOut) {
        this.heedSignOut = heedSignOut;
        this.watch = new FixedDelayTask(scheduler, PERIOD, this::look);
    }

    void watch() {
        watch.start();
    }

    void stop() {
        watch.stop();
    }

    /** Clients on public paths are let in without a sign-in, and stay. */
    void enter(Exchange exchange, Admission admission) {
        if (admission.signedIn()) {
            open.put(exchange, admission.validity());
        }
    }

    void leave(Exchange exchange) {
        open.remove(exchange);
    }

    private void look() {
        heedSignOut.run();
        open.forEach((exchange, validity) -> {
            if (!validity.getAsBoolean()) {
                exchange.signOut();
            }
        });
    }
}
