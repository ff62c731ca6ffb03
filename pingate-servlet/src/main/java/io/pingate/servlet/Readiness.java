package io.pingate.servlet;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the program behind the gate can be used, for monitors. It is asked at most once a second, however many strangers
 * ask: all of them get the same answer.
 */
public final class Readiness {
    private static final long VALID_NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private @Nullable Supplier<CompletableFuture<Boolean>> check;
    private @Nullable CompletableFuture<Boolean> last;
    private long askedAt;

    Readiness(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Says by what it is found out. A webapp that the filter guards by itself has no upstream, and is ready.
     *
     * @param finder begins to find it out, and waits for nothing; its result comes soon and never is a failure
     */
    public synchronized void by(Supplier<CompletableFuture<Boolean>> finder) {
        check = finder;
        last = null;
    }

    /**
     * Begins to find it out, or goes by what was found out within the last second.
     *
     * @return true when the program can be used; comes within seconds, and never is a failure
     */
    public synchronized CompletableFuture<Boolean> now() {
        if (check == null) {
            return CompletableFuture.completedFuture(true);
        }
        long now = nanoTime.getAsLong();
        if (last == null || (last.isDone() && now - askedAt >= VALID_NANOS)) {
            askedAt = now;
            last = check.get();
        }
        return last;
    }
}
