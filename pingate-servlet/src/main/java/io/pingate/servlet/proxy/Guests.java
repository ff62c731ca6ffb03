package io.pingate.servlet.proxy;

import io.pingate.servlet.Admission;
import io.pingate.servlet.proxy.upstream.Repetition;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.util.thread.Scheduler;

/** What signed-in clients have open. It ends when everybody is signed out, a silent stream too. */
final class Guests {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Map<Guest, Admission> present = new ConcurrentHashMap<>();
    private final Runnable heedSignOut;
    private final Repetition watch;

    /** Something that may stay open for long. */
    interface Guest {
        /** Ends it, unless it is over already; called on a scheduler's thread, which waits for nothing. */
        void signOut();
    }

    /** {@code heedSignOut} is done each second: without guests too, it is to be told from outside that it was. */
    Guests(Scheduler scheduler, Runnable heedSignOut) {
        this.heedSignOut = heedSignOut;
        this.watch = new Repetition(scheduler, PERIOD, this::look);
    }

    void watch() {
        watch.start();
    }

    void stop() {
        watch.stop();
    }

    /** Clients on public paths are let in without a sign-in, and stay. */
    void enter(Guest guest, Admission admission) {
        if (admission.signedIn()) {
            present.put(guest, admission);
        }
    }

    void leave(Guest guest) {
        present.remove(guest);
    }

    private void look() {
        heedSignOut.run();
        present.forEach((guest, admission) -> {
            if (!admission.isValid()) {
                guest.signOut();
            }
        });
    }
}
