package io.pingate.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireBody;
import io.pingate.testing.WireHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 7: what a page costs is bounded, in time and in memory, whatever its upstream makes of it. */
abstract class ThemeBoundsContract extends GateContract {
    private static final String STYLE = "<style>" + Stage.CSS + "</style>";
    private static final String PAGE = "<html><head><title>T</title>";
    private static final int STALLED = 60;
    /** More than half of the largest window, so that a decoder takes all of it. */
    private static final int BROTLI_BYTES = 9 * 1024 * 1024;
    /** The decoder looks at nothing before it has 4 KiB. */
    private static final String BROTLI_START = PAGE + "</head>" + "x".repeat(16 * 1024);

    ThemeBoundsContract(Stage stage) {
        super(stage);
    }

    /** A client that takes gzip gets next to nothing of a bomb, so that not even its own slowness brakes the gate. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity"})
    void others_are_answered_while_a_page_grows_beyond_measure(String accepted) throws Exception {
        upstream.play(exchange -> {
            if (exchange.head().startLine().contains("/bomb")) {
                exchange.send(bomb(512));
            } else {
                exchange.send(RawUpstream.OK);
            }
        });
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/bomb", "Accept: text/html", "Accept-Encoding: " + accepted));
            WireHead head = client.in().head();
            CompletableFuture<Long> bytes = CompletableFuture.supplyAsync(() -> length(client, head));
            int answered = 0;
            while (!bytes.isDone()) {
                assertEquals("ok", ask(signedIn("GET", "/other")).text());
                answered++;
            }
            assertTrue(bytes.get() > 512 * 1024, () -> bytes + " bytes of the bomb came");
            assertTrue(answered >= 20, answered + " others were answered");
        }
    }

    /** Each would need a window of 16 MiB, in a heap of 96. */
    @Test
    void no_page_ends_early_and_others_are_themed_when_60_brotli_pages_are_stalled() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED; i++) {
                upstream.byHand();
                RawClient client = stage.client();
                clients.add(client);
                client.send(signedIn("GET", "/stalled", "Accept: text/html", "Accept-Encoding: br"));
                exchanges.add(upstream.next().send(BROTLI_HEAD).send(brotliStart()));
            }
            List<WireHead> heads = new ArrayList<>();
            for (RawClient client : clients) {
                heads.add(client.in().head());
            }
            assertOthersAreThemed();
            assertEnds(exchanges.get(0), clients.get(0), heads.get(0));
            assertEnds(exchanges.get(STALLED - 1), clients.get(STALLED - 1), heads.get(STALLED - 1));
            for (int i = 1; i < STALLED - 1; i++) {
                exchanges.get(i).close();
                assertFalse(clients.get(i).in().framedBody(heads.get(i)).complete(), "page " + i + " looks complete");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
            for (Exchange exchange : exchanges) {
                exchange.close();
            }
        }
        assertGoesOn();
        assertOthersAreThemed();
    }

    /** Each holds what inflates it, what deflates it again and the room for its pieces, most of it outside the heap. */
    @Test
    void all_pages_come_whole_when_300_gzip_pages_are_stalled() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        byte[] page = gzip(PAGE + "</head>" + "x".repeat(5_000));
        try {
            for (int i = 0; i < 300; i++) {
                upstream.byHand();
                RawClient client = stage.client();
                clients.add(client);
                client.send(signedIn("GET", "/stalled", "Accept: text/html", "Accept-Encoding: gzip"));
                exchanges.add(upstream.next()
                        .send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: "
                                + page.length + "\r\n\r\n")
                        .send(Arrays.copyOf(page, 30)));
            }
            List<WireHead> heads = new ArrayList<>();
            for (RawClient client : clients) {
                heads.add(client.in().head());
            }
            assertGoesOn();
            int themed = 0;
            for (int i = 0; i < clients.size(); i++) {
                exchanges.get(i).send(Arrays.copyOfRange(page, 30, page.length)).done();
                WireBody body = clients.get(i).in().framedBody(heads.get(i));
                assertTrue(body.complete(), "page " + i + " is cut");
                String text = gunzip(body.text());
                assertTrue(text.endsWith("</head>" + "x".repeat(5_000)));
                themed += text.contains(STYLE) ? 1 : 0;
            }
            assertTrue(themed >= 50, themed + " pages were themed");
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
            for (Exchange exchange : exchanges) {
                exchange.done();
            }
        }
        assertOthersAreThemed();
    }

    private void assertOthersAreThemed() throws Exception {
        byte[] page = gzip(PAGE + "</head>");
        upstream.answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: "
                + page.length + "\r\n\r\n" + new String(page, ISO_8859_1));
        assertEquals(
                PAGE + STYLE + "</head>",
                ask(signedIn("GET", "/other", "Accept: text/html")).text());
    }

    /** Themed, or as it is: whole in either case. */
    private static void assertEnds(Exchange exchange, RawClient client, WireHead head) throws Exception {
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendRest(exchange));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(client.in().framedBody(head, bytes).complete());
        sent.get();
        if (head.has("Content-Encoding")) {
            assertEquals(4 + BROTLI_BYTES + 1, bytes.size());
            assertEquals("\"v1\"", head.first("ETag").orElseThrow());
        } else {
            assertEquals(BROTLI_BYTES + STYLE.length(), bytes.size());
            assertTrue(bytes.toString(ISO_8859_1).startsWith(PAGE + STYLE + "</head>"));
            assertTrue(head.first("ETag").orElseThrow().startsWith("W/\"v1"));
        }
    }

    private static final String BROTLI_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\nETag: \"v1\"\r\nContent-Length: "
                    + (4 + BROTLI_BYTES + 1) + "\r\n\r\n";

    /** RFC 7932 section 9: a window of 24 bits, and an uncompressed meta-block that is announced as a whole. */
    private static byte[] brotliStart() {
        int header = 0xF | 2 << 5 | (BROTLI_BYTES - 1) << 7 | 1 << 31;
        return ByteBuffer.allocate(4 + BROTLI_START.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(header)
                .put(BROTLI_START.getBytes(ISO_8859_1))
                .array();
    }

    private static void sendRest(Exchange exchange) {
        try {
            byte[] block = "x".repeat(64 * 1024).getBytes(ISO_8859_1);
            int left = BROTLI_BYTES - BROTLI_START.length();
            for (; left > block.length; left -= block.length) {
                exchange.send(block);
            }
            exchange.send(Arrays.copyOf(block, left)).send(new byte[] {3}).done();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(RawClient client, WireHead head) {
        long[] count = {0};
        try {
            WireBody body = client.in().framedBody(head, new OutputStream() {
                @Override
                public void write(int b) {
                    count[0]++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    count[0] += length;
                }
            });
            assertTrue(body.complete());
            return count[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page and that many MiB of zeros behind it, as bare deflate, which has no checksum. */
    private static byte[] bomb(int mebibytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] page = deflated(deflater, (PAGE + "</head>").getBytes(ISO_8859_1));
        byte[] zeros = deflated(deflater, new byte[16 << 20]);
        deflater.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = page.length + mebibytes / 16 * zeros.length + 2;
        out.writeBytes(("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate\r\nContent-Length: "
                        + length + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        out.writeBytes(page);
        for (int i = 0; i < mebibytes / 16; i++) {
            out.writeBytes(zeros);
        }
        out.writeBytes(new byte[] {3, 0});
        return out.toByteArray();
    }

    private static byte[] deflated(Deflater deflater, byte[] bytes) {
        deflater.setInput(bytes);
        byte[] out = new byte[64 * 1024];
        return Arrays.copyOf(out, deflater.deflate(out, 0, out.length, Deflater.FULL_FLUSH));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream coder = new GZIPOutputStream(out)) {
            coder.write(text.getBytes(ISO_8859_1));
        }
        return out.toByteArray();
    }

    private static String gunzip(String coded) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(coded.getBytes(ISO_8859_1)))) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }
}
