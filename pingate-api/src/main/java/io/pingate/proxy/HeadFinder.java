package io.pingate.proxy;

import java.nio.ByteBuffer;

/**
 * Looks for the place where a style belongs in an HTML page: before the first {@code </head>}, or before {@code <body>}
 * where the page leaves that end tag out (HTML section 13.1.2.4).
 *
 * <p>A cut of the HTML tokenizer (HTML section 13.2.5): enough of it not to be fooled by comments, attribute values and
 * the text of scripts, styles and titles. Works on bytes, so it serves every charset that is a superset of ASCII.
 */
final class HeadFinder {
    /** What {@link #find} answers when the place isn't in this chunk. */
    static final int NOT_FOUND = Integer.MIN_VALUE;
    /** The most bytes that can wait for their tag to be decided: {@code </head} without what follows. */
    static final int MAX_HELD_BYTES = 6;

    private static final int ANY = Integer.MIN_VALUE;
    private static final int NAME_BYTES = Long.BYTES;
    private static final long HEAD = pack("head");
    private static final long BODY = pack("body");
    /** Elements whose content is text to a browser that runs scripts (HTML section 13.2.6.4.4). */
    private static final long[] RAW_ELEMENTS = {
        pack("script"),
        pack("style"),
        pack("title"),
        pack("textarea"),
        pack("noscript"),
        pack("xmp"),
        pack("iframe"),
        pack("noembed"),
        pack("noframes")
    };

    private enum State {
        TEXT('<'),
        TAG_OPEN(ANY),
        END_TAG_OPEN(ANY),
        TAG_NAME(ANY),
        IN_TAG(ANY),
        BEFORE_VALUE(ANY),
        UNQUOTED_VALUE(ANY),
        DOUBLE_QUOTED_VALUE('"'),
        SINGLE_QUOTED_VALUE('\''),
        DECLARATION_OPEN(ANY),
        DECLARATION_DASH(ANY),
        COMMENT(ANY),
        BOGUS_COMMENT('>'),
        RAW_TEXT('<'),
        RAW_LESS_THAN(ANY),
        RAW_END_TAG_NAME(ANY),
        FOUND(ANY);

        /** The only byte that means something in this state. */
        private final int awaited;

        State(int awaited) {
            this.awaited = awaited;
        }
    }

    private State state = State.TEXT;
    private boolean endTag;
    private long name;
    private int nameLength;
    private long rawElement;
    private int dashes;

    /**
     * Scans the next chunk.
     *
     * @param chunk the bytes from position to limit; neither moves
     * @return the offset from the chunk's position before which the style belongs, negative when that is within the
     *     bytes that were {@link #held} before; or {@link #NOT_FOUND}
     */
    int find(ByteBuffer chunk) {
        ByteBuffer bytes = ByteSearch.view(chunk);
        int i = bytes.position();
        while (i < bytes.limit() && state != State.FOUND) {
            i = switch (state) {
                case TAG_NAME -> pastName(bytes, i);
                case IN_TAG -> pastAttributes(bytes, i);
                // Scripts and style sheets make up most of many heads.
                case RAW_TEXT -> pastAwaited(bytes, ByteSearch.pastBlocksWithout(state.awaited, bytes, i));
                default -> pastAwaited(bytes, i);
            };
        }
        return state == State.FOUND ? i - 1 - tagBytes() - bytes.position() : NOT_FOUND;
    }

    /** Goes on behind the next byte that means something. */
    private int pastAwaited(ByteBuffer bytes, int from) {
        int i = state.awaited == ANY ? from : ByteSearch.indexOf(state.awaited, state.awaited, bytes, from);
        if (i == bytes.limit()) {
            return i;
        }
        state = after(bytes.get(i));
        return i + 1;
    }

    private int pastName(ByteBuffer bytes, int from) {
        int limit = bytes.limit();
        for (int i = from; i < limit; i++) {
            byte c = bytes.get(i);
            if (endsName(c)) {
                state = name == (endTag ? HEAD : BODY) ? State.FOUND : inTag(c);
                return i + 1;
            }
            extendName(c);
        }
        return limit;
    }

    /** Quoted values at once: most attributes have one, and most heads are made of attributes. */
    private int pastAttributes(ByteBuffer bytes, int from) {
        int limit = bytes.limit();
        int i = ByteSearch.indexOf('=', '>', bytes, from);
        while (i < limit - 1 && bytes.get(i) == '=') {
            state = afterEquals(bytes.get(i + 1));
            if (state != State.DOUBLE_QUOTED_VALUE && state != State.SINGLE_QUOTED_VALUE) {
                return i + 2;
            }
            int end = ByteSearch.indexOf(state.awaited, state.awaited, bytes, i + 2);
            if (end == limit) {
                return limit;
            }
            state = State.IN_TAG;
            i = ByteSearch.indexOf('=', '>', bytes, end + 1);
        }
        if (i == limit) {
            return limit;
        }
        state = bytes.get(i) == '>' ? afterTag() : State.BEFORE_VALUE;
        return i + 1;
    }

    /** {@return how many of the last bytes may turn out to be the start of the tag that is looked for} */
    int held() {
        return switch (state) {
            case TAG_OPEN -> 1;
            case END_TAG_OPEN -> 2;
            case TAG_NAME -> startsLikeWanted() ? tagBytes() : 0;
            default -> 0;
        };
    }

    private State after(byte c) {
        return switch (state) {
            case TEXT -> State.TAG_OPEN;
            case TAG_OPEN -> afterTagOpen(c);
            case END_TAG_OPEN -> isLetter(c) ? startName(State.TAG_NAME, c, true) : closes(c, State.BOGUS_COMMENT);
            case BEFORE_VALUE -> afterEquals(c);
            case UNQUOTED_VALUE -> isSpace(c) ? State.IN_TAG : c == '>' ? afterTag() : State.UNQUOTED_VALUE;
            case DOUBLE_QUOTED_VALUE, SINGLE_QUOTED_VALUE -> State.IN_TAG;
            case DECLARATION_OPEN -> c == '-' ? State.DECLARATION_DASH : closes(c, State.BOGUS_COMMENT);
            case DECLARATION_DASH -> c == '-' ? startComment() : closes(c, State.BOGUS_COMMENT);
            case COMMENT -> afterComment(c);
            case BOGUS_COMMENT -> State.TEXT;
            case RAW_TEXT -> State.RAW_LESS_THAN;
            case RAW_LESS_THAN -> afterRawLessThan(c);
            case RAW_END_TAG_NAME -> afterRawEndTagName(c);
            case TAG_NAME, IN_TAG, FOUND -> throw new IllegalStateException(state + " takes more than a byte");
        };
    }

    private State afterTagOpen(byte c) {
        if (isLetter(c)) {
            return startName(State.TAG_NAME, c, false);
        }
        return switch (c) {
            case '/' -> State.END_TAG_OPEN;
            case '!' -> State.DECLARATION_OPEN;
            case '?' -> State.BOGUS_COMMENT;
            case '<' -> State.TAG_OPEN;
            default -> State.TEXT;
        };
    }

    private State afterEquals(byte c) {
        return switch (c) {
            case '"' -> State.DOUBLE_QUOTED_VALUE;
            case '\'' -> State.SINGLE_QUOTED_VALUE;
            case '>' -> afterTag();
            default -> isSpace(c) ? State.BEFORE_VALUE : State.UNQUOTED_VALUE;
        };
    }

    private State afterComment(byte c) {
        if (c == '>' && dashes >= 2) {
            return State.TEXT;
        }
        dashes = c == '-' ? dashes + 1 : 0;
        return State.COMMENT;
    }

    private State afterRawLessThan(byte c) {
        if (c == '/') {
            nameLength = 0;
            name = 0;
            return State.RAW_END_TAG_NAME;
        }
        return c == '<' ? State.RAW_LESS_THAN : State.RAW_TEXT;
    }

    private State afterRawEndTagName(byte c) {
        if (isLetter(c)) {
            extendName(c);
            return State.RAW_END_TAG_NAME;
        }
        if (endsName(c) && name == rawElement) {
            endTag = true;
            return inTag(c);
        }
        return c == '<' ? State.RAW_LESS_THAN : State.RAW_TEXT;
    }

    private State inTag(byte c) {
        return c == '>' ? afterTag() : State.IN_TAG;
    }

    private State afterTag() {
        if (!endTag) {
            for (long element : RAW_ELEMENTS) {
                if (name == element) {
                    rawElement = element;
                    return State.RAW_TEXT;
                }
            }
        }
        return State.TEXT;
    }

    /** {@code <!-->} and {@code <!--->} are whole comments, so the opening dashes count for the end too. */
    private State startComment() {
        dashes = 2;
        return State.COMMENT;
    }

    private State startName(State next, byte c, boolean end) {
        endTag = end;
        nameLength = 0;
        name = 0;
        extendName(c);
        return next;
    }

    /** Keeps a name of up to eight bytes, in lower case; a longer one is none that is looked for. */
    private void extendName(byte c) {
        name = nameLength < NAME_BYTES ? name << Byte.SIZE | (c & 0xFF) | 0x20 : -1;
        nameLength = Math.min(nameLength + 1, NAME_BYTES + 1);
    }

    private int tagBytes() {
        return (endTag ? 2 : 1) + nameLength;
    }

    private boolean startsLikeWanted() {
        long wanted = endTag ? HEAD : BODY;
        return nameLength <= 4 && wanted >>> ((4 - nameLength) * Byte.SIZE) == name;
    }

    private static State closes(byte c, State otherwise) {
        return c == '>' ? State.TEXT : otherwise;
    }

    private static boolean endsName(byte c) {
        return c == '>' || c == '/' || isSpace(c);
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }

    private static boolean isLetter(byte c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static long pack(String text) {
        long packed = 0;
        for (int i = 0; i < text.length(); i++) {
            packed = packed << Byte.SIZE | text.charAt(i);
        }
        return packed;
    }
}
