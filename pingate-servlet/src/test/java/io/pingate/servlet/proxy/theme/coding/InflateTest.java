package io.pingate.servlet.proxy.theme.coding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.BodyStage;
import io.pingate.servlet.proxy.theme.coding.Chunks.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gzip and deflate, as far as they behave alike and where they don't. */
class InflateTest {
    private static final byte[] PAGE = page();

    private record Form(String name, Supplier<BodyStage> decoder, Supplier<byte[]> coded) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Form> forms() {
        return Stream.of(
                new Form("gzip", GzipDecoder::new, () -> Coded.gzip(PAGE)),
                new Form("zlib", DeflateDecoder::new, () -> Coded.deflate(PAGE, false)),
                new Form("bare deflate", DeflateDecoder::new, () -> Coded.deflate(PAGE, true)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void decodes_wherever_the_body_is_split(Form form) throws DataFormatException {
        for (List<ByteBuffer> split : Chunks.splits(form.coded().get(), new Random(1))) {
            assertArrayEquals(PAGE, Chunks.through(form.decoder().get(), split));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void takes_no_input_for_an_empty_body(Form form) throws DataFormatException {
        assertEquals(0, Chunks.through(form.decoder().get(), new byte[0]).length);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void gives_what_could_be_read_when_the_body_is_cut(Form form) {
        byte[] coded = form.coded().get();
        int trailer = form.name().equals("gzip") ? 8 : 0;
        for (int end = 1; end < coded.length; end++) {
            Outcome outcome = Chunks.outcome(form.decoder().get(), Arrays.copyOf(coded, end));
            assertEquals(end < coded.length - trailer, outcome.broken(), "cut at " + end);
            assertPrefix(outcome);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void gives_what_could_be_read_when_the_middle_is_broken(Form form) {
        byte[] coded = form.coded().get();
        Arrays.fill(coded, coded.length / 2, coded.length / 2 + 20, (byte) 0xFF);
        Outcome outcome = Chunks.outcome(form.decoder().get(), coded);
        assertTrue(outcome.broken());
        int read = outcome.bytes().length;
        assertTrue(read > PAGE.length / 4 && read < PAGE.length, read + " of " + PAGE.length);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void ignores_garbage_behind_the_end(Form form) throws DataFormatException {
        byte[] coded = form.coded().get();
        assertArrayEquals(PAGE, Chunks.through(form.decoder().get(), Arrays.copyOf(coded, coded.length + 9_000)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void fails_with_a_reason_and_nothing_else_when_bytes_are_changed(Form form) {
        Random random = new Random(2);
        byte[] coded = form.coded().get();
        for (int round = 0; round < 2_000; round++) {
            byte[] changed = coded.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Chunks.outcome(form.decoder().get(), changed);
        }
    }

    @Test
    void reads_all_members_of_gzip() throws DataFormatException {
        byte[] members = concat(Coded.gzip(PAGE), Coded.gzip(new byte[0]), Coded.gzip(PAGE));
        byte[] twice = concat(PAGE, PAGE);
        assertArrayEquals(twice, Chunks.through(new GzipDecoder(), members));
        assertArrayEquals(twice, Chunks.through(new GzipDecoder(), Chunks.of(members, () -> 1)));
    }

    @Test
    void skips_the_optional_fields_of_a_gzip_header() throws DataFormatException {
        byte[] plain = Coded.gzip(PAGE);
        for (int flags = 0; flags < 32; flags++) {
            byte[] coded = concat(
                    new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 5, 6},
                    (flags & 4) == 0 ? new byte[0] : new byte[] {3, 0, 9, 0, 9},
                    (flags & 8) == 0 ? new byte[0] : new byte[] {'n', 0},
                    (flags & 16) == 0 ? new byte[0] : new byte[] {'c', 'c', 0},
                    (flags & 2) == 0 ? new byte[0] : new byte[] {7, 7},
                    Arrays.copyOfRange(plain, 10, plain.length));
            assertArrayEquals(PAGE, Chunks.through(new GzipDecoder(), coded));
        }
        byte[] emptyExtra = concat(
                new byte[] {0x1F, (byte) 0x8B, 8, 4, 0, 0, 0, 0, 0, 0, 0, 0},
                Arrays.copyOfRange(plain, 10, plain.length));
        assertArrayEquals(PAGE, Chunks.through(new GzipDecoder(), emptyExtra));
    }

    @Test
    void refuses_what_is_not_gzip_and_what_its_checksum_denies() {
        for (int at : new int[] {0, 1, 2}) {
            byte[] coded = Coded.gzip(PAGE);
            coded[at]++;
            Outcome outcome = Chunks.outcome(new GzipDecoder(), coded);
            assertTrue(outcome.broken());
            assertEquals(0, outcome.bytes().length);
        }
        for (int fromEnd = 1; fromEnd <= 8; fromEnd++) {
            byte[] coded = Coded.gzip(PAGE);
            coded[coded.length - fromEnd]++;
            Outcome outcome = Chunks.outcome(new GzipDecoder(), coded);
            assertTrue(outcome.broken());
            assertArrayEquals(PAGE, outcome.bytes());
        }
    }

    @Test
    void refuses_a_preset_dictionary() {
        Deflater deflater = new Deflater();
        deflater.setDictionary(PAGE);
        deflater.setInput(PAGE);
        deflater.finish();
        byte[] coded = new byte[1_000];
        int length = deflater.deflate(coded);
        deflater.end();
        assertTrue(Chunks.outcome(new DeflateDecoder(), Arrays.copyOf(coded, length))
                .broken());
    }

    @Test
    void gives_small_pieces_when_little_input_grows_large() throws DataFormatException {
        byte[] bomb = Coded.gzip(new byte[32 << 20]);
        long total = 0;
        try (GzipDecoder decoder = new GzipDecoder()) {
            decoder.offer(ByteBuffer.wrap(bomb));
            for (ByteBuffer piece = decoder.poll(); piece != null; piece = decoder.poll()) {
                assertTrue(piece.remaining() <= 16 * 1024);
                total += piece.remaining();
            }
        }
        assertEquals(32L << 20, total);
    }

    @Test
    void what_was_flushed_can_be_read_at_once_when_gzip_is_put_on() throws DataFormatException {
        GzipEncoder encoder = new GzipEncoder();
        GzipDecoder client = new GzipDecoder();
        for (int at = 0; at < PAGE.length; at += 700) {
            byte[] chunk = Arrays.copyOfRange(PAGE, at, Math.min(at + 700, PAGE.length));
            byte[] unflushed = Chunks.offered(encoder, ByteBuffer.wrap(chunk));
            encoder.flush();
            byte[] coded = concat(unflushed, Chunks.offered(encoder, ByteBuffer.allocate(0)));
            assertArrayEquals(chunk, Chunks.offered(client, ByteBuffer.wrap(coded)));
        }
        encoder.finish();
        assertFalse(Chunks.outcome(client, Chunks.through(encoder, new byte[0])).broken());
    }

    @Test
    void any_client_can_read_the_gzip_that_is_put_on() throws DataFormatException {
        byte[] large = new byte[300_000];
        new Random(3).nextBytes(large);
        for (byte[] body : List.of(PAGE, large, new byte[0], new byte[1 << 20])) {
            assertArrayEquals(body, Coded.gunzip(Chunks.through(new GzipEncoder(), body)));
        }
    }

    private static void assertPrefix(Outcome outcome) {
        byte[] bytes = outcome.bytes();
        assertTrue(bytes.length <= PAGE.length);
        assertArrayEquals(Arrays.copyOf(PAGE, bytes.length), bytes);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] page() {
        Random random = new Random(0);
        StringBuilder page = new StringBuilder("<html><head></head><body>");
        while (page.length() < 6_000) {
            page.append("<p id=").append(random.nextInt()).append(">one of many lines</p>\n");
        }
        return page.toString().getBytes(UTF_8);
    }
}
