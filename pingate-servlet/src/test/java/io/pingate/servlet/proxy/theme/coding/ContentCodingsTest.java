package io.pingate.servlet.proxy.theme.coding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.BodyStage;
import io.pingate.proxy.theme.ContentCoding;
import io.pingate.proxy.theme.Theme;
import io.pingate.proxy.theme.ThemeInjector;
import io.pingate.proxy.theme.ThemedHead.Recoding;
import io.pingate.servlet.proxy.theme.coding.Chunks.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way of a themed page: a coding taken off, the style put in, gzip put on. */
class ContentCodingsTest {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final Theme THEME = Theme.of("b{color:red}".getBytes(UTF_8));
    private static final byte[] PAGE = resource("brotli/page.html");
    private static final byte[] THEMED = new String(PAGE, UTF_8)
            .replace("</head>\n", "<style>b{color:red}</style></head>\n")
            .getBytes(UTF_8);

    private static final Recoding BROTLI = new Recoding(ContentCoding.BR, ContentCoding.IDENTITY);
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    @AfterAll
    static void stopThreads() {
        THREADS.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void themes_a_page_of_every_coding_wherever_it_is_split(ContentCoding from) throws DataFormatException {
        byte[] coded = coded(from);
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            List<ByteBuffer> chunks = Chunks.of(coded, () -> random.nextInt(1_500));
            assertArrayEquals(THEMED, Chunks.through(stage(from, ContentCoding.IDENTITY), chunks));
            assertArrayEquals(THEMED, Coded.gunzip(Chunks.through(stage(from, ContentCoding.GZIP), chunks)));
        }
    }

    @Test
    void each_piece_of_a_slow_page_arrives_at_once_when_gzip_is_taken_off_and_put_on() throws DataFormatException {
        byte[] coded = Coded.gzip(PAGE, 500);
        BodyStage gate = stage(ContentCoding.GZIP, ContentCoding.GZIP);
        GzipDecoder upstream = new GzipDecoder();
        GzipDecoder client = new GzipDecoder();
        int sent = 0;
        int arrived = 0;
        for (ByteBuffer chunk : Chunks.of(coded, () -> 120)) {
            sent += Chunks.offered(upstream, chunk).length;
            arrived += Chunks.offered(client, ByteBuffer.wrap(Chunks.offered(gate, chunk))).length;
            gate.flush();
            arrived += Chunks.offered(client, ByteBuffer.wrap(Chunks.offered(gate, ByteBuffer.allocate(0)))).length;
            int style = arrived > 1_000 ? THEMED.length - PAGE.length : 0;
            assertTrue(arrived >= sent - 6 + style && arrived <= sent + THEMED.length - PAGE.length);
        }
        assertEquals(THEMED.length, arrived);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "DEFLATE"})
    void client_gets_all_that_could_be_read_when_the_body_is_cut(ContentCoding from) throws DataFormatException {
        byte[] coded = coded(from);
        byte[] cut = Arrays.copyOf(coded, coded.length * 3 / 4);
        Outcome plain = Chunks.outcome(stage(from, ContentCoding.IDENTITY), cut);
        assertTrue(plain.broken());
        assertTrue(plain.bytes().length > PAGE.length / 4);
        assertArrayEquals(Arrays.copyOf(THEMED, plain.bytes().length), plain.bytes());

        Outcome gzip = Chunks.outcome(stage(from, ContentCoding.GZIP), cut);
        assertTrue(gzip.broken());
        Outcome read = Chunks.outcome(new GzipDecoder(), gzip.bytes());
        assertArrayEquals(plain.bytes(), read.bytes());
        assertTrue(read.broken(), "a cut page must not look complete");
    }

    /** Whoever polls has others to look after: 32 MiB of zeros would keep him busy for half a second. */
    @Test
    void each_poll_ends_soon_when_much_comes_in_and_little_goes_out() throws DataFormatException {
        try (BodyStage gate = stage(ContentCoding.GZIP, ContentCoding.GZIP)) {
            gate.offer(ByteBuffer.wrap(Coded.gzip(new byte[32 << 20])));
            gate.finish();
            int polls = 0;
            for (ByteBuffer piece = gate.poll(); piece != null; piece = gate.poll()) {
                polls++;
            }
            assertTrue(polls >= 512, polls + " polls");
        }
    }

    @Test
    void no_more_pages_are_changed_than_there_is_memory_for() {
        ContentCodings codings = new ContentCodings(THREADS, 2 << 20, 0);
        Recoding gzip = new Recoding(ContentCoding.GZIP, ContentCoding.GZIP);
        List<BodyStage> open = new ArrayList<>();
        for (BodyStage one = around(codings, gzip, EMPTY); one != null; one = around(codings, gzip, EMPTY)) {
            open.add(one);
        }
        assertEquals(4, open.size());
        open.remove(0).close();
        BodyStage instead = around(codings, gzip, EMPTY);
        assertNotNull(instead);
        instead.close();
        open.forEach(BodyStage::close);
    }

    @Test
    void brotli_is_taken_off_as_long_as_there_is_memory_for_its_window() {
        ContentCodings codings = new ContentCodings(THREADS, 2 << 20, 28 << 20);
        ByteBuffer largest = ByteBuffer.wrap(resource("brotli/page-q11-w24.br"));
        ByteBuffer small = ByteBuffer.wrap(resource("brotli/page-q5-w10.br"));
        try (BodyStage one = around(codings, BROTLI, largest)) {
            assertNotNull(one);
            for (int refused = 0; refused < 20; refused++) {
                assertNull(around(codings, BROTLI, small));
            }
        }
        try (BodyStage one = around(codings, BROTLI, small);
                BodyStage another = around(codings, BROTLI, small)) {
            assertNotNull(one);
            assertNotNull(another);
            assertNull(around(codings, BROTLI, largest));
        }
    }

    @Test
    void brotli_of_an_unknown_window_takes_the_largest_until_its_first_byte() throws DataFormatException {
        ContentCodings codings = new ContentCodings(THREADS, 2 << 20, 28 << 20);
        ByteBuffer small = ByteBuffer.wrap(resource("brotli/page-q5-w10.br"));
        try (BodyStage silent = around(codings, BROTLI, EMPTY)) {
            assertNotNull(silent);
            assertNull(around(codings, BROTLI, small));
            silent.offer(small.duplicate());
            try (BodyStage other = around(codings, BROTLI, small)) {
                assertNotNull(other);
            }
        }
    }

    /** Windows of more than 16 MiB are no part of RFC 7932. */
    @Test
    void brotli_of_a_larger_window_than_allowed_stays_on() {
        assertNull(around(new ContentCodings(THREADS), BROTLI, ByteBuffer.wrap(new byte[] {0x11, 0x22})));
    }

    private static BodyStage stage(ContentCoding from, ContentCoding to) {
        return Objects.requireNonNull(around(new ContentCodings(THREADS), new Recoding(from, to), EMPTY));
    }

    private static @Nullable BodyStage around(ContentCodings codings, Recoding body, ByteBuffer start) {
        return codings.around(new ThemeInjector(THEME, OptionalLong.empty()), body, start);
    }

    private static byte[] coded(ContentCoding coding) {
        return switch (coding) {
            case IDENTITY -> PAGE;
            case GZIP -> Coded.gzip(PAGE);
            case DEFLATE -> Coded.deflate(PAGE, false);
            case BR -> resource("brotli/page-q9-w18.br");
        };
    }

    private static byte[] resource(String name) {
        try (InputStream in = ContentCodingsTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
