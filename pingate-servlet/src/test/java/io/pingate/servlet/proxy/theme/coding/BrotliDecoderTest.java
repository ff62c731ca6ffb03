package io.pingate.servlet.proxy.theme.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.proxy.theme.coding.Chunks.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors were made by the reference encoder, with the quality and the window bits that their names say. */
class BrotliDecoderTest {
    private static final byte[] PAGE = vector("page.html");

    private static final long MEMORY_BYTES = 1L << 30;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final MemoryBudget memory = new MemoryBudget(MEMORY_BYTES);

    /** No decoder may leave its thread behind, or keep memory, however its body ended. */
    @AfterEach
    void all_threads_have_ended_and_all_memory_is_free() throws InterruptedException {
        assertEquals(MEMORY_BYTES, memory.free());
        threads.shutdown();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"q0-w22", "q1-w16", "q5-w10", "q9-w18", "q11-w22", "q11-w24", "flushed"})
    void decodes_what_the_reference_encoder_wrote(String name) throws DataFormatException {
        byte[] coded = vector("page-" + name + ".br");
        assertArrayEquals(PAGE, Chunks.through(decoder(), coded));
        Random random = new Random(1);
        for (int round = 0; round < 30; round++) {
            List<ByteBuffer> chunks = Chunks.of(coded, () -> random.nextInt(300));
            assertArrayEquals(PAGE, Chunks.through(decoder(), chunks));
        }
    }

    /** Up to then it reads zeros where bits are missing, so some of what it gave last may be wrong: no prefix is asked. */
    @Test
    void fails_when_the_stream_is_cut() {
        byte[] coded = vector("page-q9-w18.br");
        for (int end = 1; end < coded.length; end += 7) {
            assertTrue(Chunks.outcome(decoder(), Arrays.copyOf(coded, end)).broken(), "cut at " + end);
        }
    }

    @Test
    void takes_no_input_for_an_empty_body() throws DataFormatException {
        assertEquals(0, Chunks.through(decoder(), new byte[0]).length);
    }

    @Test
    void ignores_what_follows_the_end() throws DataFormatException {
        byte[] coded = vector("page-q1-w16.br");
        assertArrayEquals(PAGE, Chunks.through(decoder(), Arrays.copyOf(coded, coded.length + 9_000)));
    }

    @Test
    void gives_small_pieces_when_little_input_grows_large() throws DataFormatException {
        long total = 0;
        try (BrotliDecoder decoder = decoder()) {
            decoder.offer(ByteBuffer.wrap(vector("zeros-64-mib.br")));
            decoder.finish();
            for (ByteBuffer piece = decoder.poll(); piece != null; piece = decoder.poll()) {
                assertTrue(piece.remaining() <= 16 * 1024);
                total += piece.remaining();
            }
        }
        assertEquals(64L << 20, total);
    }

    @Test
    void fails_with_a_reason_and_nothing_else_when_bytes_are_changed() {
        Random random = new Random(3);
        for (String name : List.of("q0-w22", "q5-w10", "q11-w24")) {
            byte[] coded = vector("page-" + name + ".br");
            for (int round = 0; round < 500; round++) {
                byte[] changed = coded.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Chunks.outcome(decoder(), changed);
            }
        }
    }

    @Test
    void ends_its_thread_when_the_body_is_given_up() throws DataFormatException {
        byte[] coded = vector("page-q1-w16.br");
        for (int at = 0; at < coded.length; at += 500) {
            try (BrotliDecoder decoder = decoder()) {
                Chunks.offered(decoder, ByteBuffer.wrap(coded, 0, at));
            }
        }
    }

    /** As a client does that leaves in the middle of a bomb: more would come out without any further input. */
    @Test
    void ends_its_thread_when_given_up_while_there_is_output() throws DataFormatException {
        BrotliDecoder decoder = decoder();
        decoder.offer(ByteBuffer.wrap(vector("zeros-64-mib.br")));
        decoder.finish();
        assertNotNull(decoder.poll());
        decoder.close();
    }

    @Test
    void decodes_wherever_the_stream_is_split() throws DataFormatException {
        for (List<ByteBuffer> split : Chunks.splits(vector("page-q11-w22.br"), new Random(2))) {
            assertArrayEquals(PAGE, Chunks.through(decoder(), split));
        }
    }

    @Test
    void gives_memory_back_when_the_first_byte_tells_a_small_window() throws DataFormatException {
        try (BrotliDecoder decoder = decoder()) {
            decoder.offer(ByteBuffer.wrap(vector("page-q5-w10.br")));
            assertEquals(MEMORY_BYTES - BrotliWindow.memoryBytes(10), memory.free());
        }
    }

    /** Else the page would end there, and look complete. */
    @Test
    void fails_when_the_decoder_runs_out_of_memory() {
        BrotliDecoder decoder = new BrotliDecoder(threads, reserved(), coded -> {
            throw new OutOfMemoryError("Java heap space");
        });
        Outcome outcome = Chunks.outcome(decoder, vector("page-q5-w10.br"));
        assertTrue(outcome.broken());
        assertEquals(0, outcome.bytes().length);
    }

    @Test
    void fails_and_waits_for_nobody_when_there_is_no_thread() {
        Executor exhausted = task -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        try (BrotliDecoder decoder = new BrotliDecoder(exhausted, reserved())) {
            decoder.offer(ByteBuffer.wrap(vector("page-q5-w10.br")));
            assertThrows(OutOfMemoryError.class, decoder::poll);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x00,16", "0x0c,16", "0xa1,10", "0xf1,15", "0x01,17", "0x03,18", "0x0b,22", "0x0f,24", "0x11,0", "0x91,0"
    })
    void window_is_told_by_the_first_byte(int first, int bits) {
        assertEquals(bits, BrotliWindow.bits((byte) first));
    }

    private BrotliDecoder decoder() {
        return new BrotliDecoder(threads, reserved());
    }

    private MemoryBudget.Reservation reserved() {
        return Objects.requireNonNull(memory.reserve(MEMORY_BYTES));
    }

    private static byte[] vector(String name) {
        try (InputStream in = BrotliDecoderTest.class.getResourceAsStream("brotli/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
