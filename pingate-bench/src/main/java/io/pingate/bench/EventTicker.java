package io.pingate.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends each stream 20 events a second, spread evenly over the time; an event holds the time at which it left. */
final class EventTicker implements Runnable, AutoCloseable {
    static final int EVENTS_PER_SECOND = 20;
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1) / EVENTS_PER_SECOND;

    private final List<SocketChannel> streams = new CopyOnWriteArrayList<>();
    private volatile boolean isClosed;

    void add(SocketChannel stream) {
        streams.add(stream);
    }

    @Override
    public void run() {
        long period = System.nanoTime();
        while (!isClosed) {
            List<SocketChannel> all = List.copyOf(streams);
            for (int i = 0; i < all.size(); i++) {
                waitFor(period + PERIOD / all.size() * i);
                send(all.get(i));
            }
            // A turn that came late is not made up for.
            period = Math.max(period + PERIOD, System.nanoTime());
            waitFor(period);
        }
    }

    private static void waitFor(long time) {
        for (long rest = time - System.nanoTime(); rest > 0; rest = time - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private void send(SocketChannel stream) {
        try {
            String event = "data: " + System.nanoTime() + "\n\n";
            String chunk = Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
            stream.write(ByteBuffer.wrap(chunk.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException left) {
            streams.remove(stream);
        }
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
