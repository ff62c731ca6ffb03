package io.pingate.blackbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.WireBody;
import io.pingate.testing.WireBody.Framing;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** 200 MiB, more than twice the gate's heap, written and checked without being kept. */
final class LargeBody {
    static final int BYTES = 200 * 1_024 * 1_024;
    static final byte[] BLOCK = block();

    /** Where bytes go to. */
    interface Sink {
        void send(byte[] bytes) throws IOException;
    }

    private final boolean chunked;
    private final AtomicLong written = new AtomicLong();

    LargeBody(boolean chunked) {
        this.chunked = chunked;
    }

    String framing() {
        return chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + BYTES;
    }

    long written() {
        return written.get();
    }

    void writeTo(Sink sink) throws IOException {
        byte[] size = (Integer.toHexString(BLOCK.length) + "\r\n").getBytes(US_ASCII);
        while (written.get() < BYTES) {
            if (chunked) {
                sink.send(size);
            }
            sink.send(BLOCK);
            written.addAndGet(BLOCK.length);
            if (chunked) {
                sink.send("\r\n".getBytes(US_ASCII));
            }
        }
        if (chunked) {
            sink.send("0\r\n\r\n".getBytes(US_ASCII));
        }
    }

    /** In a thread of its own; completes exceptionally when the connection does not take it all. */
    CompletableFuture<Void> beginWritingTo(Sink sink) {
        return CompletableFuture.runAsync(() -> {
            try {
                writeTo(sink);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void assertArrives(WireInput in, WireHead head) throws IOException {
        Count count = new Count();
        CRC32 sum = new CRC32();
        WireBody body = in.framedBody(head, new CheckedOutputStream(count, sum));
        assertEquals(chunked ? Framing.CHUNKED : Framing.LENGTH, body.framing());
        assertEquals(BYTES, count.bytes);
        assertTrue(body.complete());
        assertEquals(sum(), sum.getValue());
    }

    /** The same bytes with no framing around them. */
    static void assertArrivesRaw(WireInput in) throws IOException {
        Count count = new Count();
        CRC32 sum = new CRC32();
        in.copy(BYTES, new CheckedOutputStream(count, sum));
        assertEquals(BYTES, count.bytes);
        assertEquals(sum(), sum.getValue());
    }

    private static long sum() {
        CRC32 sum = new CRC32();
        for (int sent = 0; sent < BYTES; sent += BLOCK.length) {
            sum.update(BLOCK);
        }
        return sum.getValue();
    }

    private static byte[] block() {
        byte[] block = new byte[64 * 1_024];
        new Random(42).nextBytes(block);
        return block;
    }

    private static final class Count extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] all, int offset, int length) {
            bytes += length;
        }
    }
}
