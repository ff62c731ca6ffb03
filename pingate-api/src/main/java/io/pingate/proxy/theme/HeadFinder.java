package io.pingate.proxy.theme;

import java.nio.ByteBuffer;

/**
 * Looks for the place where a style belongs in an HTML page: before the first {@code </head>}, or before {@code <body>}
 * where the page leaves that end tag out (HTML section 13.1.2.4).
 *
 * <p>A cut of the HTML tokenizer (HTML section 13.2.5): enough of it not to be fooled by comments, attribute values and
 * the text of scripts, styles, titles and templates. Works on bytes, so it serves every charset that is a superset of ASCII.
 */
final class HeadFinder {
    /** What {@link #find} answers when the place isn't in this chunk. */
    static final int NOT_FOUND = Integer.MIN_VALUE;
    /** The most bytes that can wait for their tag to be decided: {@code </head} without what follows. */
    static final int MAX_HELD_BYTES = 6;

    private static final int ANY = Integer.MIN_VALUE;
    private static final long HEAD = TagName.pack("head");
    private static final long BODY = TagName.pack("body");
    private static final long TEMPLATE = TagName.pack("template");

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
        COMMENT_START(ANY),
        COMMENT_START_DASH(ANY),
        COMMENT(ANY),
        COMMENT_END_BANG(ANY),
        BOGUS_COMMENT('>'),
        RAW_TEXT(ANY),
        FOUND(ANY);

        /** The only byte that means something in this state. */
        private final int awaited;

        State(int awaited) {
            this.awaited = awaited;
        }
    }

    private State state = State.TEXT;
    private final TagName name = new TagName();
    private final RawText rawText = new RawText();
    private boolean endTag;
    private boolean named;
    private int dashes;
    private int templates;

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
                case RAW_TEXT -> pastRawText(bytes, i);
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
            if (TagName.isEnd(c)) {
                state = templates == 0 && name.is(endTag ? HEAD : BODY) ? State.FOUND : inTag(c);
                return i + 1;
            }
            name.add(c);
        }
        return limit;
    }

    private int pastRawText(ByteBuffer bytes, int from) {
        int i = rawText.pass(bytes, from);
        if (rawText.hasEnded()) {
            endTag = true;
            name.clear();
            state = inTag(bytes.get(i - 1));
        }
        return i;
    }

    /** Quoted values at once: most attributes have one, and most heads are made of attributes. */
    private int pastAttributes(ByteBuffer bytes, int from) {
        int limit = bytes.limit();
        int start = from;
        while (true) {
            int i = ByteSearch.indexOf('=', '>', bytes, start);
            named = isNamed(bytes, start, i);
            if (i == limit) {
                return limit;
            }
            start = i + 1;
            if (bytes.get(i) == '>') {
                state = afterTag();
                return start;
            }
            // Without a name before it, it begins one (HTML section 13.2.5.32).
            named = !named;
            if (!named) {
                state = start == limit ? State.BEFORE_VALUE : afterEquals(bytes.get(start++));
                if (state != State.DOUBLE_QUOTED_VALUE && state != State.SINGLE_QUOTED_VALUE) {
                    return start;
                }
                start = ByteSearch.indexOf(state.awaited, state.awaited, bytes, start);
                if (start == limit) {
                    return limit;
                }
                state = State.IN_TAG;
                start++;
            }
        }
    }

    /** {@return whether an attribute's name ends there, but for spaces} */
    private boolean isNamed(ByteBuffer bytes, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (!TagName.isSpace(bytes.get(i))) {
                return bytes.get(i) != '/';
            }
        }
        return named;
    }

    /** {@return how many of the last bytes may turn out to be the start of the tag that is looked for} */
    int held() {
        return switch (state) {
            case TAG_OPEN -> 1;
            case END_TAG_OPEN -> 2;
            case TAG_NAME -> templates == 0 && name.beginsLike(endTag ? HEAD : BODY) ? tagBytes() : 0;
            default -> 0;
        };
    }

    private State after(byte c) {
        return switch (state) {
            case TEXT -> State.TAG_OPEN;
            case TAG_OPEN -> afterTagOpen(c);
            case END_TAG_OPEN -> TagName.isLetter(c) ? startName(c, true) : closes(c, State.BOGUS_COMMENT);
            case BEFORE_VALUE -> afterEquals(c);
            case UNQUOTED_VALUE -> TagName.isSpace(c) ? State.IN_TAG : c == '>' ? afterTag() : State.UNQUOTED_VALUE;
            case DOUBLE_QUOTED_VALUE, SINGLE_QUOTED_VALUE -> State.IN_TAG;
            case DECLARATION_OPEN -> c == '-' ? State.DECLARATION_DASH : closes(c, State.BOGUS_COMMENT);
            case DECLARATION_DASH -> c == '-' ? State.COMMENT_START : closes(c, State.BOGUS_COMMENT);
            case COMMENT_START -> c == '-' ? State.COMMENT_START_DASH : closes(c, inComment(0));
            case COMMENT_START_DASH -> c == '-' ? inComment(2) : closes(c, inComment(0));
            case COMMENT -> afterComment(c);
            case COMMENT_END_BANG -> c == '-' ? inComment(1) : closes(c, inComment(0));
            case BOGUS_COMMENT -> State.TEXT;
            case TAG_NAME, IN_TAG, RAW_TEXT, FOUND ->
                throw new IllegalStateException(state + " takes more than a byte");
        };
    }

    private State afterTagOpen(byte c) {
        if (TagName.isLetter(c)) {
            return startName(c, false);
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
            default -> TagName.isSpace(c) ? State.BEFORE_VALUE : State.UNQUOTED_VALUE;
        };
    }

    private State afterComment(byte c) {
        if (dashes >= 2 && (c == '>' || c == '!')) {
            return c == '>' ? State.TEXT : State.COMMENT_END_BANG;
        }
        return inComment(c == '-' ? dashes + 1 : 0);
    }

    private State inComment(int dashesBefore) {
        dashes = dashesBefore;
        return State.COMMENT;
    }

    private State inTag(byte c) {
        named = false;
        return c == '>' ? afterTag() : State.IN_TAG;
    }

    /** What is in a template belongs to no head and no body (HTML section 13.2.6.4.22). */
    private State afterTag() {
        if (name.is(TEMPLATE)) {
            templates = Math.max(templates + (endTag ? -1 : 1), 0);
        }
        return !endTag && rawText.beginsAfter(name) ? State.RAW_TEXT : State.TEXT;
    }

    private State startName(byte c, boolean end) {
        endTag = end;
        name.clear();
        name.add(c);
        return State.TAG_NAME;
    }

    private int tagBytes() {
        return (endTag ? 2 : 1) + name.length();
    }

    private static State closes(byte c, State otherwise) {
        return c == '>' ? State.TEXT : otherwise;
    }
}
