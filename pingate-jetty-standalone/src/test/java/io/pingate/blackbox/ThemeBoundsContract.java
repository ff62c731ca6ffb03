package io.pingate.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 7: what a page costs is bounded, in time and in memory, whatever its upstream makes of it. */
abstract class ThemeBoundsContract extends GateContract {
    private static final String PAGE = "<html><head><title>T</title>";

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
}
