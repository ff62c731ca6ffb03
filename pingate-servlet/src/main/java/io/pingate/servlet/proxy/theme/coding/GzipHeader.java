package io.pingate.servlet.proxy.theme.coding;

import java.util.zip.DataFormatException;

/** The header of a gzip member, read byte by byte; nothing of it is kept (RFC 1952 section 2.3). */
final class GzipHeader {
    /** The first byte of a member. */
    static final byte FIRST_MAGIC = 0x1F;

    private static final byte SECOND_MAGIC = (byte) 0x8B;
    private static final byte DEFLATE = 8;
    private static final int FIXED_BYTES = 10;

    private enum Field {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CHECKSUM,
        END
    }

    private Field field = Field.FIXED;
    private int at;
    private int flags;
    private int extraLeft;

    /** Reads a byte; {@return true when the header is complete} */
    boolean read(byte b) throws DataFormatException {
        at++;
        switch (field) {
            case FIXED -> readFixed(b);
            case EXTRA_LENGTH -> readExtraLength(b);
            case EXTRA -> endWhen(--extraLeft == 0, Field.NAME);
            case NAME -> endWhen(b == 0, Field.COMMENT);
            case COMMENT -> endWhen(b == 0, Field.CHECKSUM);
            case CHECKSUM -> endWhen(at == 2, Field.END);
            case END -> throw new IllegalStateException("the header has been read");
        }
        return field == Field.END;
    }

    private void readFixed(byte b) throws DataFormatException {
        boolean good =
                switch (at) {
                    case 1 -> b == FIRST_MAGIC;
                    case 2 -> b == SECOND_MAGIC;
                    case 3 -> b == DEFLATE;
                    default -> true;
                };
        if (!good) {
            throw new DataFormatException("gzip: bad header");
        }
        flags = at == 4 ? b : flags;
        endWhen(at == FIXED_BYTES, Field.EXTRA_LENGTH);
    }

    private void readExtraLength(byte b) {
        extraLeft |= (b & 0xFF) << (8 * (at - 1));
        if (at == 2) {
            begin(extraLeft > 0 ? Field.EXTRA : Field.NAME);
        }
    }

    private void endWhen(boolean ends, Field next) {
        if (ends) {
            begin(next);
        }
    }

    /** Goes to a field or, where its flag isn't set, past it. */
    private void begin(Field next) {
        at = 0;
        field = next;
        switch (next) {
            case EXTRA_LENGTH -> endWhen((flags & 4) == 0, Field.NAME);
            case NAME -> endWhen((flags & 8) == 0, Field.COMMENT);
            case COMMENT -> endWhen((flags & 16) == 0, Field.CHECKSUM);
            case CHECKSUM -> endWhen((flags & 2) == 0, Field.END);
            default -> {}
        }
    }
}
