package io.pingate.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Event streams and WebSocket echoes, on one thread, and a second one that sends the events. */
final class StreamUpstream implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final EventTicker ticker = new EventTicker();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer echo = Frames.fromServer();

    private StreamUpstream() throws IOException {}

    /** What is known of a connection. */
    private static final class Session {
        private final StringBuilder head = new StringBuilder();
        private boolean isEcho;
        private int bytes;
    }

    static StreamUpstream start() throws IOException {
        StreamUpstream upstream = new StreamUpstream();
        upstream.listener.bind(Loopback.address(0), 4096);
        upstream.listener.configureBlocking(false);
        upstream.listener.register(upstream.selector, SelectionKey.OP_ACCEPT);
        Daemon.start("upstream", upstream::run);
        Daemon.start("events", upstream.ticker);
        return upstream;
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::handle);
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException end) {
            // the end of the run
        }
    }

    private void handle(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = listener.accept();
                channel.configureBlocking(false);
                channel.socket().setTcpNoDelay(true);
                channel.register(selector, SelectionKey.OP_READ, new Session());
            } else {
                read(key, (SocketChannel) key.channel(), (Session) key.attachment());
            }
        } catch (IOException left) {
            close(key);
        }
    }

    private void read(SelectionKey key, SocketChannel channel, Session session) throws IOException {
        buffer.clear();
        int read = channel.read(buffer);
        if (read < 0) {
            close(key);
        } else if (session.isEcho) {
            session.bytes += read;
            for (; session.bytes >= Frames.FROM_CLIENT; session.bytes -= Frames.FROM_CLIENT) {
                channel.write(echo.clear());
            }
        } else {
            session.head.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
            if (session.head.indexOf("\r\n\r\n") >= 0) {
                answer(key, channel, session);
            }
        }
    }

    private void answer(SelectionKey key, SocketChannel channel, Session session) throws IOException {
        if (session.head.indexOf("GET /events") == 0) {
            send(channel, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            ticker.add(channel);
        } else if (session.head.indexOf("GET /echo") == 0) {
            send(channel, Frames.UPGRADED);
            session.isEcho = true;
        } else {
            send(channel, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            close(key);
        }
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException gone) {
            // as wanted
        }
    }

    @Override
    public void close() throws IOException {
        ticker.close();
        listener.close();
        selector.close();
    }
}
