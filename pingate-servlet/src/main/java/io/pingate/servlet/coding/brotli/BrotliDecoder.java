package io.pingate.servlet.coding.brotli;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Takes Brotli (RFC 7932) off a body. Decodes all that a chunk makes decodable; keeps the stream's window, which is up to
 * 16 MiB but grows only as the body does, and at most 4 KiB of input.
 */
public final class BrotliDecoder implements BodyStage {
    private enum Step {
        STREAM_HEADER,
        BLOCK_HEADER,
        METADATA,
        PLAIN_BYTES,
        BLOCK_PARAMETERS,
        COMMAND,
        LITERALS,
        DISTANCE,
        COPY,
        END
    }

    private final BitInput in = new BitInput();
    private final Window window = new Window();
    private final Distances distances = new Distances();
    private final byte[] word = new byte[Dictionary.MAX_WORD_BYTES];

    private Step step = Step.STREAM_HEADER;
    private MetaBlock block = new MetaBlock();
    private boolean lastBlock;
    /** What the block, the literals, the copy or the metadata still have to come, in bytes. */
    private int blockLeft;

    private int insertLeft;
    private int copyLeft;
    private int metadataLeft;
    private int copyDistance;
    private Command command = new Command(0, 0, false);

    private boolean begun;
    private boolean finished;
    private @Nullable DataFormatException failure;

    /** Makes a decoder for one body. */
    public BrotliDecoder() {}

    @Override
    public void offer(ByteBuffer chunk) {
        begun |= chunk.hasRemaining();
        in.offer(chunk);
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public @Nullable ByteBuffer poll() throws DataFormatException {
        if (failure == null) {
            decode();
        }
        ByteBuffer piece = window.takePiece();
        if (piece == null && failure != null) {
            throw failure;
        }
        return piece;
    }

    private void decode() {
        window.prepare();
        try {
            while (step != Step.END && window.room() > 0) {
                in.mark();
                step = next();
            }
        } catch (BitInput.NeedsMore e) {
            in.reset();
            if (finished && begun) {
                failure = new DataFormatException("br: ends early");
            }
        } catch (DataFormatException e) {
            failure = e;
        }
    }

    private Step next() throws DataFormatException {
        return switch (step) {
            case STREAM_HEADER -> readStreamHeader();
            case BLOCK_HEADER -> readBlockHeader();
            case METADATA -> skipMetadata();
            case PLAIN_BYTES -> takePlainBytes();
            case BLOCK_PARAMETERS -> readBlockParameters();
            case COMMAND -> blockLeft == 0 ? endBlock() : readCommand();
            case LITERALS -> readLiterals();
            case DISTANCE -> readDistance();
            case COPY -> copy();
            case END -> Step.END;
        };
    }

    private Step readStreamHeader() throws DataFormatException {
        window.resize(readWindowBits());
        return Step.BLOCK_HEADER;
    }

    /** RFC 7932 section 9.1. */
    private int readWindowBits() throws DataFormatException {
        if (!in.readFlag()) {
            return 16;
        }
        int high = in.read(3);
        if (high > 0) {
            return 17 + high;
        }
        int low = in.read(3);
        if (low == 1) {
            throw new DataFormatException("br: bad window size");
        }
        return low == 0 ? 17 : 8 + low;
    }

    /** RFC 7932 section 9.2. */
    private Step readBlockHeader() throws DataFormatException {
        boolean last = in.readFlag();
        if (last && in.readFlag()) {
            return Step.END;
        }
        int nibbles = 4 + in.read(2);
        if (nibbles == 7) {
            return readMetadataHeader(last);
        }
        int length = 0;
        for (int i = 0; i < nibbles; i++) {
            int nibble = in.read(4);
            if (i >= 4 && i == nibbles - 1 && nibble == 0) {
                throw new DataFormatException("br: length with leading zeros");
            }
            length |= nibble << (4 * i);
        }
        boolean plain = !last && in.readFlag();
        if (plain && in.readPadding() != 0) {
            throw new DataFormatException("br: padding isn't zero");
        }
        lastBlock = last;
        blockLeft = length + 1;
        block = new MetaBlock();
        return plain ? Step.PLAIN_BYTES : Step.BLOCK_PARAMETERS;
    }

    private Step readMetadataHeader(boolean last) throws DataFormatException {
        if (last || in.readFlag()) {
            throw new DataFormatException("br: bad metadata");
        }
        int bytes = in.read(2);
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            int b = in.read(8);
            if (i > 0 && i == bytes - 1 && b == 0) {
                throw new DataFormatException("br: length with leading zeros");
            }
            length |= b << (8 * i);
        }
        if (in.readPadding() != 0) {
            throw new DataFormatException("br: padding isn't zero");
        }
        metadataLeft = bytes == 0 ? 0 : length + 1;
        return Step.METADATA;
    }

    private Step skipMetadata() {
        if (metadataLeft == 0) {
            return Step.BLOCK_HEADER;
        }
        metadataLeft -= in.readBytes(new byte[Math.min(metadataLeft, 256)], 0, Math.min(metadataLeft, 256));
        return Step.METADATA;
    }

    private Step takePlainBytes() {
        blockLeft -= window.put(in, blockLeft);
        return blockLeft == 0 ? Step.BLOCK_HEADER : Step.PLAIN_BYTES;
    }

    private Step readBlockParameters() throws DataFormatException {
        block.read(in);
        return block.isRead() ? Step.COMMAND : Step.BLOCK_PARAMETERS;
    }

    private Step endBlock() {
        return lastBlock ? Step.END : Step.BLOCK_HEADER;
    }

    private Step readCommand() throws DataFormatException {
        if (block.commands.isOver()) {
            block.commands.change(in);
            return Step.COMMAND;
        }
        command = Command.read(block.commandCode().read(in), in);
        block.commands.count();
        insertLeft = takeFromBlock(command.insertLength());
        return Step.LITERALS;
    }

    private Step readLiterals() {
        BlockSwitch literals = block.literals;
        while (insertLeft > 0 && window.room() > 0) {
            if (literals.isOver()) {
                literals.change(in);
                in.mark();
            }
            window.put(block.literalCode(window.last(), window.secondLast()).read(in));
            in.mark();
            literals.count();
            insertLeft--;
        }
        if (insertLeft > 0) {
            return Step.LITERALS;
        }
        return blockLeft == 0 ? Step.COMMAND : Step.DISTANCE;
    }

    private Step readDistance() throws DataFormatException {
        if (command.repeatsDistance()) {
            return refer(distances.last(), false);
        }
        if (block.distances.isOver()) {
            block.distances.change(in);
            return Step.DISTANCE;
        }
        int symbol = block.distanceCode(command.copyLength()).read(in);
        int distance = distances.read(symbol, block, in);
        block.distances.count();
        return refer(distance, symbol != 0);
    }

    private Step refer(int distance, boolean isNew) throws DataFormatException {
        int reach = window.reach();
        if (distance > reach) {
            int length = Dictionary.word(word, command.copyLength(), distance - reach - 1);
            window.put(word, takeFromBlock(length));
            return Step.COMMAND;
        }
        if (isNew) {
            distances.push(distance);
        }
        copyDistance = distance;
        copyLeft = takeFromBlock(command.copyLength());
        return Step.COPY;
    }

    private Step copy() {
        int length = Math.min(copyLeft, window.room());
        window.copy(copyDistance, length);
        copyLeft -= length;
        return copyLeft == 0 ? Step.COMMAND : Step.COPY;
    }

    private int takeFromBlock(int length) throws DataFormatException {
        if (length > blockLeft) {
            throw new DataFormatException("br: more bytes than the block has");
        }
        blockLeft -= length;
        return length;
    }
}
