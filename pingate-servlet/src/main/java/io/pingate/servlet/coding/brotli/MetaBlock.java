package io.pingate.servlet.coding.brotli;

import java.util.zip.DataFormatException;

/** The parameters of a compressed meta-block; its header is read part by part (RFC 7932 section 9.2). */
final class MetaBlock {
    static final int LITERAL_CONTEXTS = 64;
    static final int DISTANCE_CONTEXTS = 4;

    private static final int LITERALS = 256;
    private static final int COMMANDS = 704;
    private static final int SPECIAL_DISTANCES = 16;

    private enum Part {
        LITERAL_TYPES,
        COMMAND_TYPES,
        DISTANCE_TYPES,
        PARAMETERS,
        LITERAL_MAP,
        LITERAL_MAP_ENTRIES,
        DISTANCE_MAP,
        DISTANCE_MAP_ENTRIES,
        LITERAL_CODES,
        COMMAND_CODES,
        DISTANCE_CODES,
        END
    }

    BlockSwitch literals = BlockSwitch.single();
    BlockSwitch commands = BlockSwitch.single();
    BlockSwitch distances = BlockSwitch.single();
    int postfixBits;
    int directDistances;

    private Part part = Part.LITERAL_TYPES;
    private byte[] modes = {};
    private ContextMap literalMap = ContextMap.single(0);
    private ContextMap distanceMap = ContextMap.single(0);
    private PrefixCode[] literalCodes = {};
    private PrefixCode[] commandCodes = {};
    private PrefixCode[] distanceCodes = {};
    private int codesRead;

    boolean isRead() {
        return part == Part.END;
    }

    /** Reads the next part of the header: one step. */
    void read(BitInput in) throws DataFormatException {
        switch (part) {
            case LITERAL_TYPES, COMMAND_TYPES, DISTANCE_TYPES -> readTypes(in);
            case PARAMETERS -> readParameters(in);
            case LITERAL_MAP, LITERAL_MAP_ENTRIES, DISTANCE_MAP, DISTANCE_MAP_ENTRIES -> readMaps(in);
            case LITERAL_CODES -> read(literalCodes, in, LITERALS, Part.COMMAND_CODES);
            case COMMAND_CODES -> read(commandCodes, in, COMMANDS, Part.DISTANCE_CODES);
            case DISTANCE_CODES ->
                read(distanceCodes, in, SPECIAL_DISTANCES + directDistances + (48 << postfixBits), Part.END);
            case END -> throw new IllegalStateException("the header has been read");
        }
    }

    PrefixCode commandCode() {
        return commandCodes[commands.type()];
    }

    PrefixCode literalCode(int last, int secondLast) {
        int context = LiteralContext.of(modes[literals.type()], last, secondLast);
        return literalCodes[literalMap.tree(literals.type() * LITERAL_CONTEXTS + context)];
    }

    PrefixCode distanceCode(int copyLength) {
        int context = Math.min(copyLength, 5) - 2;
        return distanceCodes[distanceMap.tree(distances.type() * DISTANCE_CONTEXTS + context)];
    }

    private void readTypes(BitInput in) throws DataFormatException {
        BlockSwitch types = BlockSwitch.read(in);
        if (part == Part.LITERAL_TYPES) {
            literals = types;
            part = Part.COMMAND_TYPES;
        } else if (part == Part.COMMAND_TYPES) {
            commands = types;
            commandCodes = new PrefixCode[types.types()];
            part = Part.DISTANCE_TYPES;
        } else {
            distances = types;
            part = Part.PARAMETERS;
        }
    }

    private void readParameters(BitInput in) {
        postfixBits = in.read(2);
        directDistances = in.read(4) << postfixBits;
        modes = new byte[literals.types()];
        for (int i = 0; i < modes.length; i++) {
            modes[i] = (byte) in.read(2);
        }
        part = Part.LITERAL_MAP;
    }

    private void readMaps(BitInput in) throws DataFormatException {
        if (part == Part.LITERAL_MAP) {
            literalMap = ContextMap.read(in, LITERAL_CONTEXTS * literals.types());
            literalCodes = new PrefixCode[literalMap.trees()];
            part = Part.LITERAL_MAP_ENTRIES;
        } else if (part == Part.LITERAL_MAP_ENTRIES) {
            part = literalMap.fill(in) ? Part.DISTANCE_MAP : part;
        } else if (part == Part.DISTANCE_MAP) {
            distanceMap = ContextMap.read(in, DISTANCE_CONTEXTS * distances.types());
            distanceCodes = new PrefixCode[distanceMap.trees()];
            part = Part.DISTANCE_MAP_ENTRIES;
        } else {
            part = distanceMap.fill(in) ? Part.LITERAL_CODES : part;
        }
    }

    private void read(PrefixCode[] codes, BitInput in, int alphabet, Part next) throws DataFormatException {
        codes[codesRead] = PrefixCodes.read(in, alphabet);
        codesRead++;
        if (codesRead == codes.length) {
            codesRead = 0;
            part = next;
        }
    }
}
