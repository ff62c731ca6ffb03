package io.pingate.servlet.rate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files that may have changed, all at once and at most once a second, when a request comes or a stream is open.
 * Between two looks, to heed it costs no system call.
 *
 * <p>Thread-safe; has no thread of its own.
 */
public final class Lookout {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private final Recheck recheck;
    private final List<Runnable> looks = new CopyOnWriteArrayList<>();
    private volatile Executor looker = Runnable::run;

    /** The first look is due a second from now. */
    public Lookout(LongSupplier nanoTime) {
        this.recheck = new Recheck(nanoTime);
    }

    /** Has one more thing looked at, behind those that were added before. */
    public void add(Runnable look) {
        looks.add(look);
    }

    /** Has it looked at no more. */
    public void remove(Runnable look) {
        looks.remove(look);
    }

    /** Has it done by threads of an executor; whoever heeds it does so else, and waits for it. */
    public void lookOn(Executor executor) {
        looker = executor;
    }

    /** To be called by everybody who goes by what it sees. */
    public void heed() {
        if (!recheck.isDue()) {
            return;
        }
        try {
            looker.execute(this::look);
        } catch (RejectedExecutionException e) {
            // Whose threads they were has stopped; another webapp may still go by the same settings.
            look();
        }
    }

    private synchronized void look() {
        for (Runnable look : looks) {
            try {
                look.run();
            } catch (RuntimeException e) {
                LOG.warn("a look at files failed; what was known stays: {}", String.valueOf(e.getClass()));
            }
        }
    }
}
