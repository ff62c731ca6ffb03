package io.pingate.servlet.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream that does just what a test says: it hands out the connections on which something is asked. The HTTP client
 * may open others that it turns out not to need.
 */
final class RawServer implements Closeable {
    private final ServerSocket server;
    private final BlockingQueue<RawSocket> connections = new LinkedBlockingQueue<>();
    private final Set<RawSocket> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();

    public RawServer() throws IOException {
        server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        daemon(this::acceptAll);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void handOut(RawSocket connection) {
        if (connection.isSpokenTo()) {
            count.incrementAndGet();
            connections.add(connection);
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                RawSocket connection = new RawSocket(server.accept());
                all.add(connection);
                daemon(() -> handOut(connection));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections carried a request. */
    public int count() {
        return count.get();
    }

    public RawSocket next() throws InterruptedException {
        RawSocket connection = connections.poll(20, TimeUnit.SECONDS);
        if (connection == null) {
            throw new IllegalStateException("nobody came");
        }
        return connection;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (RawSocket connection : all) {
            connection.close();
        }
    }
}
