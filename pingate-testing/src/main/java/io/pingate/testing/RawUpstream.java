package io.pingate.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream on a raw socket: it shows the exact bytes of every request and answers with the exact bytes it is told. */
public final class RawUpstream implements AutoCloseable {
    /** What the upstream does with each request. */
    public interface Script {
        void play(Exchange exchange) throws IOException, InterruptedException;
    }

    /** What the upstream does with a connection before it has read anything of it. */
    public interface Welcome {
        void receive(Socket socket) throws IOException;
    }

    public static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** The test holds the exchange itself, until it calls {@link Exchange#done}. */
    private static final Script BY_HAND = Exchange::awaitDone;

    private final BlockingQueue<Exchange> heard = new LinkedBlockingQueue<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Script script = answering(OK);
    private volatile Welcome welcome = socket -> {};
    private volatile ServerSocket listener;
    private volatile Thread acceptor;
    private final int port;

    private RawUpstream() throws IOException {
        port = listen(0);
    }

    public static RawUpstream start() throws IOException {
        return new RawUpstream();
    }

    public int port() {
        return port;
    }

    /** Every request from here on is read to its end and gets that answer. */
    public void answer(String response) {
        script = answering(response);
    }

    public void play(Script play) {
        script = play;
    }

    public void byHand() {
        script = BY_HAND;
    }

    /** So it goes for every connection from here on. */
    public void welcome(Welcome first) {
        welcome = first;
    }

    /** The next request that reached the upstream. */
    public Exchange next() throws InterruptedException {
        Exchange exchange = heard.poll(Deadline.USUAL.toSeconds(), TimeUnit.SECONDS);
        if (exchange == null) {
            throw new AssertionError("no request reached the upstream");
        }
        return exchange;
    }

    public boolean heardNothing() {
        return heard.isEmpty();
    }

    public int requestsWaiting() {
        return heard.size();
    }

    /** How many connections were opened to it so far. */
    public int accepted() {
        return accepted.get();
    }

    public boolean hasOpenConnections() {
        return openConnections() > 0;
    }

    public long openConnections() {
        return connections.stream().filter(socket -> !socket.isClosed()).count();
    }

    /** Back to answering "ok"; what was heard is forgotten. Connections stay: a real gate keeps them, too. */
    public void forget() {
        heard.forEach(Exchange::done);
        heard.clear();
        script = answering(OK);
        welcome = socket -> {};
    }

    /** Nobody listens any more: connecting is refused. */
    public void goDown() throws IOException {
        listener.close();
        try {
            // Until its accept call is back, the thread keeps the socket listening.
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropConnections();
    }

    public void comeBack() throws IOException {
        listen(port);
    }

    public void dropConnections() throws IOException {
        for (Socket socket : connections) {
            socket.close();
        }
    }

    /** The same, but those that serve nobody are closed by the gate as well: it uses none of them again. */
    public void retireConnections() throws Exception {
        for (Socket socket : connections) {
            if (!socket.isClosed()) {
                shutDown(socket);
            }
        }
        Deadline.reached(Duration.ofSeconds(1), () -> openConnections() == 0);
        dropConnections();
    }

    private static void shutDown(Socket socket) throws IOException {
        try {
            socket.shutdownOutput();
        } catch (SocketException closedMeanwhile) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        goDown();
        heard.forEach(Exchange::done);
    }

    private static Script answering(String response) {
        return exchange -> {
            if (exchange.body().complete()) {
                exchange.send(response);
            }
        };
    }

    private int listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1_024);
        listener = socket;
        acceptor = thread("accept", () -> accept(socket));
        return socket.getLocalPort();
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket socket = from.accept();
                accepted.incrementAndGet();
                connections.add(socket);
                var unused = thread("connection", () -> serve(socket));
            } catch (IOException e) {
                // Closed: that is how it ends.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            welcome.receive(socket);
            WireInput in = new WireInput(socket);
            while (!socket.isClosed()) {
                in.within(Duration.ZERO);
                Exchange exchange = new Exchange(socket, in, in.head());
                in.within(Deadline.USUAL);
                Script play = script;
                heard.add(exchange);
                play.play(exchange);
            }
        } catch (IOException | InterruptedException e) {
            // The gate has closed the connection, or the test has: that is how it ends.
        } finally {
            connections.remove(socket);
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(null, work, "raw-upstream-" + name, 256 * 1024);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
