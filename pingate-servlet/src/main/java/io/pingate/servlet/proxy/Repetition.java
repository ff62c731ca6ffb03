package io.pingate.servlet.proxy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Does something again and again, each time a while after the last, until it is stopped. */
final class Repetition {
    private final Scheduler scheduler;
    private final Duration pause;
    private final Runnable action;
    private Scheduler.@Nullable Task next;
    private boolean stopped;

    Repetition(Scheduler scheduler, Duration pause, Runnable action) {
        this.scheduler = scheduler;
        this.pause = pause;
        this.action = action;
    }

    synchronized void start() {
        if (!stopped) {
            next = scheduler.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    synchronized void stop() {
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
