package io.pingate.bench;

/** Threads that don't keep the bench from ending. */
final class Daemon {
    private Daemon() {}

    static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
