package io.pingate.servlet.proxy.theme.coding;

import io.pingate.proxy.BodyStage;
import io.pingate.proxy.theme.ContentCoding;
import io.pingate.proxy.theme.ThemedHead.Recoding;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets a stage see the plain bytes of a coded body, as long as there is memory for it: pages that never end hold what
 * takes their coding off, and nobody may run the gate out of memory by having many of them.
 */
public final class ContentCodings {
    /** A page's own room, the inflater's state and buffer, and the deflater's (zlib's zconf.h), rounded up. */
    private static final long PAGE_BYTES = 128 * 1024;

    /** Some 2,000 pages at once, or 250 that come in Brotli, each of which takes a thread too. */
    private static final long MAX_BUDGET_BYTES = 1L << 30;

    private static final long INFLATER_BYTES = 64 * 1024;
    private static final long DEFLATER_BYTES = 320 * 1024;

    /** All of this process's, whose memory it is: of the heap's limit, since zlib's is outside of the heap. */
    private static final MemoryBudget ALL_PAGES = new MemoryBudget(share(4));

    private static final MemoryBudget ALL_WINDOWS = new MemoryBudget(share(3));

    private final Executor threads;
    private final MemoryBudget pages;
    private final MemoryBudget windows;

    /**
     * Prepares the codings, with a share of the memory that the JVM may take.
     *
     * @param threads run the decoder of Brotli, which can't share its caller's: one for each body
     */
    public ContentCodings(Executor threads) {
        this(threads, ALL_PAGES, ALL_WINDOWS);
    }

    private static long share(int eighths) {
        return Math.min(Runtime.getRuntime().maxMemory() / 8 * eighths, MAX_BUDGET_BYTES);
    }

    /**
     * Prepares the codings.
     *
     * @param pagesBytes what all pages together may take
     * @param windowsBytes what the decoders of Brotli may take besides, of the heap
     */
    ContentCodings(Executor threads, long pagesBytes, long windowsBytes) {
        this(threads, new MemoryBudget(pagesBytes), new MemoryBudget(windowsBytes));
    }

    private ContentCodings(Executor threads, MemoryBudget pages, MemoryBudget windows) {
        this.threads = threads;
        this.pages = pages;
        this.windows = windows;
    }

    /**
     * Puts a stage between taking one coding off and putting another one on.
     *
     * @param plain the stage for the plain bytes
     * @param body how the body comes in and goes out
     * @param start the first bytes of the body, empty when none has come yet; they are to be offered all the same
     * @return a stage for the coded bytes, to be closed; null when there is no memory left for one
     */
    public @Nullable BodyStage around(BodyStage plain, Recoding body, ByteBuffer start) {
        boolean packed = body.to() == ContentCoding.GZIP;
        MemoryBudget.Reservation memory = pages.reserve(PAGE_BYTES
                + (body.from() == ContentCoding.IDENTITY ? 0 : INFLATER_BYTES)
                + (packed ? DEFLATER_BYTES : 0));
        if (memory == null) {
            return null;
        }
        BodyStage decoded = decoded(plain, body.from(), start);
        if (decoded == null) {
            memory.close();
            return null;
        }
        return new ReservedStage(packed ? new ChainedStages(decoded, new GzipEncoder()) : decoded, memory);
    }

    private @Nullable BodyStage decoded(BodyStage plain, ContentCoding from, ByteBuffer start) {
        BodyStage decoder =
                switch (from) {
                    case IDENTITY -> null;
                    case GZIP -> new GzipDecoder();
                    case DEFLATE -> new DeflateDecoder();
                    case BR -> brotli(start);
                };
        if (decoder == null) {
            return from == ContentCoding.IDENTITY ? plain : null;
        }
        return new ChainedStages(decoder, plain);
    }

    private @Nullable BodyStage brotli(ByteBuffer start) {
        int bits = start.hasRemaining() ? BrotliWindow.bits(start.get(start.position())) : BrotliWindow.MAX_BITS;
        MemoryBudget.Reservation window =
                bits == BrotliWindow.INVALID ? null : windows.reserve(BrotliWindow.memoryBytes(bits));
        return window == null ? null : new BrotliDecoder(threads, window);
    }
}
