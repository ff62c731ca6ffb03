package io.pingate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.BodyStage;
import io.pingate.proxy.theme.ContentCoding;
import io.pingate.proxy.theme.Theme;
import io.pingate.proxy.theme.ThemeInjector;
import io.pingate.proxy.theme.ThemedHead.Recoding;
import io.pingate.servlet.proxy.theme.coding.ContentCodings;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.DataFormatException;

/**
 * A body in one of the codings, which its first byte chooses, and in pieces, whose length the second says: it is read, or
 * refused as broken, the same in pieces and as a whole.
 */
final class CodingFuzz {
    private static final int LONGEST_OUTPUT = 1 << 20;
    private static final Theme THEME = Theme.of("b{}".getBytes(ISO_8859_1));
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fuzz-decoder");
        thread.setDaemon(true);
        return thread;
    });
    private static final ContentCodings CODINGS = new ContentCodings(THREADS);

    private CodingFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 3) {
            return;
        }
        ContentCoding[] codings = {ContentCoding.GZIP, ContentCoding.DEFLATE, ContentCoding.BR};
        ContentCoding coding = codings[(input[0] & 0xFF) % codings.length];
        ByteBuffer body = ByteBuffer.wrap(input, 2, input.length - 2).slice();
        String whole = themed(coding, body, body.remaining());
        String inPieces = themed(coding, body, (input[1] & 0xFF) + 1);
        if (coding != ContentCoding.BR || !whole.endsWith("!")) {
            // What comes before a fault, Brotli's decoder gives as far as it has got.
            assertEquals(whole, inPieces);
        }
    }

    /** The page; an exclamation mark behind it when it was broken, a question mark when it goes on for too long. */
    private static String themed(ContentCoding coding, ByteBuffer body, int length) {
        Recoding recoding = new Recoding(coding, ContentCoding.IDENTITY);
        StringBuilder page = new StringBuilder();
        try (BodyStage stage = CODINGS.around(new ThemeInjector(THEME, OptionalLong.empty()), recoding, body)) {
            if (stage == null) {
                return "no such window!";
            }
            for (int at = 0; at < body.limit(); at += length) {
                stage.offer(body.slice(at, Math.min(length, body.limit() - at)));
                drain(stage, page);
            }
            stage.finish();
            drain(stage, page);
        } catch (DataFormatException e) {
            page.append('!');
        } catch (TooLongException e) {
            page.append('?');
        }
        return page.toString();
    }

    private static void drain(BodyStage stage, StringBuilder page) throws DataFormatException {
        for (ByteBuffer piece = stage.poll(); piece != null; piece = stage.poll()) {
            assertTrue(piece.remaining() <= 16 * 1024);
            page.append(ISO_8859_1.decode(piece));
            if (page.length() > LONGEST_OUTPUT) {
                page.setLength(LONGEST_OUTPUT);
                throw new TooLongException();
            }
        }
    }

    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
