package io.pingate.proxy.theme;

import io.pingate.proxy.BodyStage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;

/** Bodies in pieces, and through stages. */
final class Bodies {
    private Bodies() {}

    /** Cuts a body in two at each place in turn, then into single bytes, then at random places. */
    static List<List<ByteBuffer>> splits(byte[] body, Random random) {
        List<List<ByteBuffer>> splits = new ArrayList<>();
        for (int at = 0; at <= body.length; at++) {
            splits.add(List.of(ByteBuffer.wrap(body, 0, at), ByteBuffer.wrap(body, at, body.length - at)));
        }
        splits.add(pieces(body, () -> 1));
        for (int round = 0; round < 20; round++) {
            splits.add(pieces(body, () -> random.nextInt(9)));
        }
        return splits;
    }

    static byte[] through(BodyStage stage, List<ByteBuffer> chunks) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer chunk : chunks) {
            stage.offer(chunk.duplicate());
            drain(stage, out);
        }
        stage.finish();
        drain(stage, out);
        return out.toByteArray();
    }

    static void drain(BodyStage stage, ByteArrayOutputStream out) throws DataFormatException {
        for (ByteBuffer piece = stage.poll(); piece != null; piece = stage.poll()) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            out.writeBytes(bytes);
        }
    }

    private static List<ByteBuffer> pieces(byte[] body, java.util.function.IntSupplier length) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0, step; at < body.length; at += step) {
            step = Math.min(length.getAsInt(), body.length - at);
            pieces.add(ByteBuffer.wrap(body, at, step));
        }
        return pieces;
    }
}
