package io.pingate.servlet.proxy.upstream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Does something again and again, each time a while after the last, until it is stopped. */
public final class FixedDelayTask {
    private final Scheduler scheduler;
    private final Duration pause;
    private final Runnable action;
    private Scheduler.@Nullable Task next;
    private boolean stopped;

    /**
     * Prepares to do something again and again.
     *
     * @param scheduler on whose thread it is done
     * @param pause the time between two rounds
     * @param action what to do; it must not block
     */
    public FixedDelayTask(Scheduler scheduler, Duration pause, Runnable action) {
        this.scheduler = scheduler;
        this.pause = pause;
        this.action = action;
    }

    /** Schedules the next round. */
    public synchronized void start() {
        if (!stopped) {
            next = scheduler.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends it; a round that runs already runs to its end. */
    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    private void run() {
        try {
            action.run();
        } finally {
            start();
        }
    }
}
