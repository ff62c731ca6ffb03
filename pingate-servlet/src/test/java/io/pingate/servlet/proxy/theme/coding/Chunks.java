package io.pingate.servlet.proxy.theme.coding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.BodyStage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.zip.DataFormatException;

/** Bodies in chunks, and what stages make of them. */
public final class Chunks {
    private static final int MOST_OUTPUT = 1 << 20;
    private static final int LARGEST_PIECE = 16 * 1024;

    private Chunks() {}

    /** Cuts a body in two at each place in turn, then into single bytes, then at random places. */
    public static List<List<ByteBuffer>> splits(byte[] body, Random random) {
        List<List<ByteBuffer>> splits = new ArrayList<>();
        for (int at = 0; at <= body.length; at++) {
            splits.add(List.of(ByteBuffer.wrap(body, 0, at), ByteBuffer.wrap(body, at, body.length - at)));
        }
        splits.add(of(body, () -> 1));
        for (int round = 0; round < 10; round++) {
            splits.add(of(body, () -> random.nextInt(40)));
        }
        return splits;
    }

    public static List<ByteBuffer> of(byte[] body, IntSupplier length) {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (int at = 0, step; at < body.length; at += step) {
            step = Math.min(length.getAsInt(), body.length - at);
            chunks.add(ByteBuffer.wrap(body, at, step));
        }
        return chunks;
    }

    /** Sends a whole body through a stage, in buffers that are overwritten once the stage has given all it can. */
    public static byte[] through(BodyStage stage, List<ByteBuffer> chunks) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (stage) {
            for (ByteBuffer chunk : chunks) {
                out.writeBytes(offered(stage, chunk));
            }
            stage.finish();
            drain(stage, out);
        }
        return out.toByteArray();
    }

    public static byte[] through(BodyStage stage, byte[] body) throws DataFormatException {
        return through(stage, of(body, () -> 8 * 1024));
    }

    /** Gives a stage one chunk; {@return what comes of it} */
    public static byte[] offered(BodyStage stage, ByteBuffer chunk) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] copy = new byte[chunk.remaining()];
        chunk.duplicate().get(copy);
        ByteBuffer reused = ByteBuffer.wrap(copy);
        stage.offer(reused);
        drain(stage, out);
        Arrays.fill(copy, (byte) '!');
        reused.clear();
        return out.toByteArray();
    }

    /** What a stage makes of a body that may be broken, up to the failure. */
    public static Outcome outcome(BodyStage stage, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (stage) {
            stage.offer(ByteBuffer.wrap(body));
            drain(stage, out);
            stage.finish();
            drain(stage, out);
            return new Outcome(out.toByteArray(), false);
        } catch (DataFormatException e) {
            return new Outcome(out.toByteArray(), true);
        }
    }

    /** Polls until null, or until a bomb has shown enough. */
    private static void drain(BodyStage stage, ByteArrayOutputStream out) throws DataFormatException {
        for (ByteBuffer piece = stage.poll(); piece != null && out.size() < MOST_OUTPUT; piece = stage.poll()) {
            assertTrue(piece.hasRemaining() && piece.remaining() <= LARGEST_PIECE, "a piece of " + piece.remaining());
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            out.writeBytes(bytes);
        }
    }

    /** What came out, and whether the body was found to be broken. */
    public static final class Outcome {
        private final byte[] bytes;
        private final boolean broken;

        Outcome(byte[] bytes, boolean broken) {
            this.bytes = bytes;
            this.broken = broken;
        }

        public byte[] bytes() {
            return bytes;
        }

        public boolean broken() {
            return broken;
        }
    }
}
