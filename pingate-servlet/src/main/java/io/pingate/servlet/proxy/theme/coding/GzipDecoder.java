package io.pingate.servlet.proxy.theme.coding;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Takes gzip (RFC 1952) off a body: one member after the other, as long as what follows begins like one. As in browsers,
 * garbage behind the last member is ignored, and a cut trailer too, since the data says itself where it ends.
 */
final class GzipDecoder implements BodyStage {
    private static final int TRAILER_BYTES = 8;

    private enum Part {
        HEADER,
        DATA,
        TRAILER,
        BETWEEN,
        GARBAGE
    }

    private final DeflatedData data = new DeflatedData(true);
    private final CRC32 checksum = new CRC32();
    private ByteBuffer in = ByteBuffer.allocate(0);
    private GzipHeader header = new GzipHeader();
    private Part part = Part.HEADER;
    private long memberBytes;
    private long trailer;
    private int trailerBytes;
    private boolean begun;
    private boolean finished;

    @Override
    public void offer(ByteBuffer chunk) {
        begun |= chunk.hasRemaining();
        in = chunk.duplicate();
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public @Nullable ByteBuffer poll() throws DataFormatException {
        while (true) {
            if (part == Part.DATA) {
                ByteBuffer piece = data.poll(in);
                if (piece != null) {
                    checksum.update(piece.duplicate());
                    memberBytes += piece.remaining();
                    return piece;
                }
                part = data.isComplete() ? Part.TRAILER : Part.DATA;
            }
            if (!in.hasRemaining()) {
                break;
            }
            if (part != Part.DATA) {
                read(in.get());
            }
        }
        if (finished && begun && (part == Part.HEADER || part == Part.DATA)) {
            throw new DataFormatException("gzip: ends early");
        }
        return null;
    }

    @Override
    public void close() {
        data.close();
    }

    private void read(byte b) throws DataFormatException {
        switch (part) {
            case HEADER -> readHeader(b);
            case TRAILER -> readTrailer(b);
            case BETWEEN -> {
                part = Part.GARBAGE;
                if (b == GzipHeader.FIRST_MAGIC) {
                    header = new GzipHeader();
                    readHeader(b);
                }
            }
            case GARBAGE -> in.position(in.limit());
            case DATA -> throw new IllegalStateException("data isn't read byte by byte");
        }
    }

    private void readHeader(byte b) throws DataFormatException {
        part = Part.HEADER;
        if (header.read(b)) {
            part = Part.DATA;
            data.reset();
            checksum.reset();
            memberBytes = 0;
            trailer = 0;
            trailerBytes = 0;
        }
    }

    /** CRC32 and size modulo 2^32, little-endian. */
    private void readTrailer(byte b) throws DataFormatException {
        trailer |= (b & 0xFFL) << (8 * trailerBytes);
        trailerBytes++;
        if (trailerBytes == TRAILER_BYTES) {
            if (trailer != (checksum.getValue() | memberBytes << 32)) {
                throw new DataFormatException("gzip: bad checksum");
            }
            part = Part.BETWEEN;
        }
    }
}
