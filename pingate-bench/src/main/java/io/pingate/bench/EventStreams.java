package io.pingate.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The readers of many event streams, on one thread. */
final class EventStreams implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final List<Double> headMillis = new ArrayList<>();

    private EventStreams() throws IOException {}

    /** The heads of the first ones are awaited one by one, and timed; the others all together. */
    static EventStreams open(int port, int count, int timed) throws IOException {
        EventStreams streams = new EventStreams();
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(Loopback.address(port));
            channels.add(channel);
            long sent = System.nanoTime();
            ClientHead.send(channel, "/events", "Accept: text/event-stream\r\n");
            if (i < timed) {
                ClientHead.await(channel, "HTTP/1.1 200");
                streams.headMillis.add((System.nanoTime() - sent) / 1e6);
            }
        }
        for (int i = 0; i < count; i++) {
            if (i >= timed) {
                ClientHead.await(channels.get(i), "HTTP/1.1 200");
            }
            channels.get(i).configureBlocking(false);
            channels.get(i).register(streams.selector, SelectionKey.OP_READ, new EventParser());
        }
        return streams;
    }

    /** From request to head, where the events come later than the head. */
    double headMillis() {
        return Statistics.of(headMillis).median();
    }

    Latencies listen(int seconds) throws IOException {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            selector.select(key -> read(key, latencies), 100);
        }
        return latencies;
    }

    private void read(SelectionKey key, Latencies latencies) {
        try {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                throw new IOException("a stream has ended");
            }
            ((EventParser) key.attachment()).read(buffer.flip(), latencies);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Sockets.close(selector);
    }

    /** Finds the times in a stream, whatever its framing. */
    private static final class EventParser {
        private static final byte[] FIELD = "data: ".getBytes(StandardCharsets.US_ASCII);
        private int matched;
        private long time;

        void read(ByteBuffer bytes, Latencies latencies) {
            long now = System.nanoTime();
            while (bytes.hasRemaining()) {
                byte next = bytes.get();
                if (matched < FIELD.length) {
                    matched = next == FIELD[matched] ? matched + 1 : 0;
                } else if (next >= '0' && next <= '9') {
                    time = time * 10 + next - '0';
                } else {
                    latencies.add(now - time);
                    matched = 0;
                    time = 0;
                }
            }
        }
    }
}
