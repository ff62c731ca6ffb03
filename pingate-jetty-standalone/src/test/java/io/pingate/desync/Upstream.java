package io.pingate.desync;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listens for the gate; each connection is a {@link Conversation} of its own. */
final class Upstream implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Ledger ledger;

    Upstream(Ledger ledger) throws IOException {
        this.ledger = ledger;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        start("accept", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.add(socket);
                ledger.count("upstream connections");
                start("connection", () -> {
                    try (socket) {
                        socket.setTcpNoDelay(true);
                        new Conversation(socket, ledger).run();
                    } catch (IOException e) {
                        ledger.count("upstream connections that failed at once");
                    } finally {
                        connections.remove(socket);
                    }
                });
            } catch (IOException e) {
                // Closed: that is how it ends.
            }
        }
    }

    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(null, work, "desync-" + name, 256 * 1024);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
