package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What many sockets cost, and one that isn't read from. */
@ParameterizedClass
@MethodSource("io.pingate.servlet.proxy.GateKind#promised")
class WebSocketLoadTest extends WebSocketFixture {
    private static final int SOCKETS = 1_000;
    private static final long SOCKET_BYTES = 25 * 1024;
    private static final long STALL_NANOS = 10_000_000_000L;
    private static final int PIECE = 1 << 16;
    private static final long TOTAL = 64L << 20;
    private static final long FLAT_BYTES = 16L << 20;

    WebSocketLoadTest(GateKind kind) {
        super(kind);
    }

    @Test
    void memory_stays_flat_when_a_reader_rests_while_the_writer_pushes() throws Exception {
        Ends up = open();
        Ends down = open();
        long before = memory();
        Push pushUp = new Push(up.client());
        Push pushDown = new Push(down.server());
        long stalledUp = pushUp.stalled();
        long stalledDown = pushDown.stalled();
        long start = System.nanoTime();
        while (System.nanoTime() - start < STALL_NANOS) {
            LockSupport.parkNanos(STALL_NANOS / 20);
            assertTrue(memory() - before < FLAT_BYTES, "grown by " + (memory() - before));
        }
        assertEquals(stalledUp, pushUp.written.get());
        assertEquals(stalledDown, pushDown.written.get());
        assertTrue(stalledUp < TOTAL && stalledDown < TOTAL, stalledUp + " and " + stalledDown);
        drain(up.server());
        drain(down.client());
        pushUp.done.join();
        pushDown.done.join();
    }

    private static void drain(RawSocket reader) throws IOException {
        for (long at = 0; at < TOTAL; at += PIECE) {
            byte[] piece = reader.bytes(PIECE);
            assertEquals((byte) (at >> 16), piece[0]);
            assertEquals((byte) (at >> 16), piece[PIECE - 1]);
        }
    }

    /** Writes all that it can; each piece of 64 KiB has a byte value of its own. */
    private static final class Push {
        private final AtomicLong written = new AtomicLong();
        private final CompletableFuture<Void> done;

        private Push(RawSocket writer) {
            done = CompletableFuture.runAsync(() -> {
                try {
                    byte[] piece = new byte[PIECE];
                    for (long at = 0; at < TOTAL; at += PIECE) {
                        Arrays.fill(piece, (byte) (at >> 16));
                        writer.send(piece);
                        written.addAndGet(PIECE);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        /** Waits until nothing has moved for a second. */
        private long stalled() {
            long last = -1;
            while (last != written.get()) {
                last = written.get();
                LockSupport.parkNanos(1_000_000_000);
            }
            return last;
        }
    }

    @Test
    void sockets_cost_little_and_no_thread_when_a_thousand_are_idle() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            gate.close();
            gate = kind.start(Gate.settings(server.socket().getLocalPort(), "60s"));
            List<SocketChannel> warmUp = idle(server, SOCKETS / 10);
            List<SocketChannel> sockets = new ArrayList<>(2 * SOCKETS);
            long memory = memory();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            sockets.addAll(idle(server, SOCKETS));
            long cost = (memory() - memory) / SOCKETS;
            assertTrue(cost < SOCKET_BYTES, cost + " bytes each");
            int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
            assertTrue(more < SOCKETS / 50, more + " more threads");
            for (SocketChannel socket : sockets) {
                socket.close();
            }
            for (SocketChannel socket : warmUp) {
                socket.close();
            }
        }
    }

    /** Channels, since the buffers of streams would count too. Each socket has carried a message both ways. */
    private List<SocketChannel> idle(ServerSocketChannel server, int count) throws IOException {
        List<SocketChannel> ends = new ArrayList<>(2 * count);
        for (int i = 0; i < count; i++) {
            SocketChannel client =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), gate.port()));
            write(client, RawSocket.handshake("/open/socket"));
            SocketChannel upstreamEnd = server.accept();
            readUntil(upstreamEnd, "\r\n\r\n");
            write(upstreamEnd, RawSocket.accepted());
            readUntil(client, "\r\n\r\n");
            write(client, "ping");
            readUntil(upstreamEnd, "ping");
            write(upstreamEnd, "pong");
            readUntil(client, "pong");
            ends.add(client);
            ends.add(upstreamEnd);
        }
        return ends;
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void readUntil(SocketChannel channel, String last) throws IOException {
        StringBuilder read = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (read.indexOf(last) < 0) {
            assertTrue(channel.read(buffer.clear()) >= 0);
            read.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
    }

    /** Heap in use and direct buffers. */
    private static long memory() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }
}
