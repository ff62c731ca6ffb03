package io.pingate.servlet.proxy.theme.coding;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Memory that all pages together may take while they are changed. Thread-safe. */
final class MemoryBudget {
    private final AtomicLong free;

    MemoryBudget(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** {@return a part of the budget, null when less is left} */
    @Nullable
    Reservation reserve(long bytes) {
        long left = free.get();
        while (left >= bytes) {
            if (free.compareAndSet(left, left - bytes)) {
                return new Reservation(bytes);
            }
            left = free.get();
        }
        return null;
    }

    long free() {
        return free.get();
    }

    /** A part of the budget; given back once. Not thread-safe. */
    final class Reservation implements AutoCloseable {
        private long bytes;

        private Reservation(long bytes) {
            this.bytes = bytes;
        }

        /** Gives a part back, if that leaves less than there is. */
        void reduceTo(long needed) {
            if (needed < bytes) {
                free.addAndGet(bytes - needed);
                bytes = needed;
            }
        }

        @Override
        public void close() {
            reduceTo(0);
        }
    }
}
