package io.pingate.servlet;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A thread between whom and others the system shares the CPUs out. A virtual thread keeps its carrier until it waits, and
 * on a machine with one CPU there is only one: nobody else would be served while a hash is computed.
 */
final class PlatformThread {
    private PlatformThread() {}

    /** Does the work there. */
    static <T> CompletableFuture<T> supply(String name, Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> start(name, task));
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
