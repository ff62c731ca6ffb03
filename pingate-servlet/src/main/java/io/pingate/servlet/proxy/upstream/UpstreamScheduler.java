package io.pingate.servlet.proxy.upstream;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's scheduler with an end that can be waited for: Jetty's own only tells its thread to stop, and a container that
 * undeploys the web application may find it still running.
 */
final class UpstreamScheduler extends ScheduledExecutorScheduler {
    private static final Duration END = Duration.ofSeconds(2);

    private final OneThread executor;

    UpstreamScheduler() {
        this(new OneThread());
    }

    private UpstreamScheduler(OneThread executor) {
        super(executor);
        this.executor = executor;
    }

    @Override
    protected void doStop() throws Exception {
        executor.shutdownNow();
        super.doStop();
        Thread thread = executor.thread;
        if (thread != null) {
            thread.join(END.toMillis());
        }
    }

    /** What is scheduled after the end is dropped, as Jetty does. */
    private static final class OneThread extends ScheduledThreadPoolExecutor {
        private volatile @Nullable Thread thread;

        OneThread() {
            super(1, new ThreadPoolExecutor.DiscardPolicy());
            setRemoveOnCancelPolicy(true);
            setThreadFactory(this::start);
        }

        private Thread start(Runnable work) {
            Thread started = new Thread(work, "pingate-upstream-scheduler");
            started.setDaemon(true);
            thread = started;
            return started;
        }
    }
}
