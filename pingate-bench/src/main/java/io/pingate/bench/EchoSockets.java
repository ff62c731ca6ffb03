package io.pingate.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Many WebSocket clients on one thread: each sends a message when the last one has come back. */
final class EchoSockets implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer message = Frames.fromClient();
    private long echoes;

    private EchoSockets() throws IOException {}

    /** How much of an echo is still to come. */
    private static final class Rest {
        private int bytes = Frames.FROM_SERVER;
    }

    static EchoSockets open(int port, int count) throws IOException {
        EchoSockets sockets = new EchoSockets();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(Loopback.address(port));
            ClientHead.send(channel, "/echo", Frames.UPGRADE);
            ClientHead.await(channel, "HTTP/1.1 101");
            channel.configureBlocking(false);
            channel.register(sockets.selector, SelectionKey.OP_READ, new Rest());
        }
        return sockets;
    }

    /** Each sends one message and awaits its echo. */
    void echoOnce() throws IOException {
        long wanted = echoes + begin();
        while (echoes < wanted) {
            if (selector.select(key -> read(key, false), 10_000) == 0) {
                throw new IOException("an echo does not come");
            }
        }
    }

    /** How many messages came back. */
    long echo(int seconds) throws IOException {
        long before = echoes;
        begin();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            selector.select(key -> read(key, true), 100);
        }
        long done = echoes - before;
        // Those on their way come home, so that the next time begins as the first.
        while (echoes < before + done + selector.keys().size()
                && selector.select(key -> read(key, false), 1_000) > 0) {}
        return done;
    }

    private int begin() throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((SocketChannel) key.channel()).write(message.clear());
        }
        return selector.keys().size();
    }

    private void read(SelectionKey key, boolean isToGoOn) {
        try {
            SocketChannel channel = (SocketChannel) key.channel();
            buffer.clear();
            int read = channel.read(buffer);
            if (read < 0) {
                throw new IOException("a socket has ended");
            }
            Rest rest = (Rest) key.attachment();
            rest.bytes -= read;
            if (rest.bytes <= 0) {
                rest.bytes += Frames.FROM_SERVER;
                echoes++;
                if (isToGoOn) {
                    channel.write(message.clear());
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Sockets.close(selector);
    }
}
