package io.pingate.proxy.theme;

import java.nio.ByteBuffer;

/**
 * Finds the end of an element whose content is text to a browser that runs scripts: what looks like a tag in it is none,
 * but for its own end tag (HTML section 13.2.5).
 *
 * <p>In a script, {@code <!--} and then {@code <script} hide an end tag, until {@code </script} or {@code -->} (HTML
 * section 13.2.5.26: "script data double escaped").
 */
final class RawText {
    private static final long SCRIPT = TagName.pack("script");
    private static final long[] ELEMENTS = {
        SCRIPT,
        TagName.pack("style"),
        TagName.pack("title"),
        TagName.pack("textarea"),
        TagName.pack("noscript"),
        TagName.pack("xmp"),
        TagName.pack("iframe"),
        TagName.pack("noembed"),
        TagName.pack("noframes")
    };

    private enum State {
        TEXT,
        LESS_THAN,
        END_TAG_NAME,
        ESCAPE_START,
        ESCAPE_START_DASH,
        ESCAPED,
        ESCAPED_LESS_THAN,
        ESCAPED_TAG_NAME,
        ESCAPED_END_TAG_NAME,
        ENDED
    }

    private final TagName name = new TagName();
    private State state = State.ENDED;
    private long element;
    private int dashes;
    private boolean hidden;

    /** {@return whether the element with that start tag has such content; if so, it begins here} */
    boolean beginsAfter(TagName startTag) {
        for (long one : ELEMENTS) {
            if (startTag.is(one)) {
                element = one;
                state = State.TEXT;
                return true;
            }
        }
        return false;
    }

    /** {@return whether the name of the end tag has been read, and the byte behind it} */
    boolean hasEnded() {
        return state == State.ENDED;
    }

    /** {@return the place behind the end tag's name and one byte more, or the limit} */
    int pass(ByteBuffer view, int from) {
        int limit = view.limit();
        int i = from;
        while (i < limit && state != State.ENDED) {
            if (state == State.TEXT) {
                // Scripts and style sheets make up most of many heads.
                i = ByteSearch.indexOf('<', '<', view, ByteSearch.pastBlocksWithout('<', view, i));
                if (i == limit) {
                    return limit;
                }
            }
            state = after(view.get(i));
            i++;
        }
        return i;
    }

    private State after(byte c) {
        return switch (state) {
            case TEXT -> text(c);
            case LESS_THAN -> afterLessThan(c);
            case END_TAG_NAME -> afterEndTagName(c);
            case ESCAPE_START -> c == '-' ? State.ESCAPE_START_DASH : text(c);
            case ESCAPE_START_DASH -> c == '-' ? startEscape() : text(c);
            case ESCAPED -> escaped(c);
            case ESCAPED_LESS_THAN -> afterEscapedLessThan(c);
            case ESCAPED_TAG_NAME -> afterEscapedTagName(c);
            case ESCAPED_END_TAG_NAME -> afterEscapedEndTagName(c);
            case ENDED -> throw new IllegalStateException("the element has ended");
        };
    }

    private static State text(byte c) {
        return c == '<' ? State.LESS_THAN : State.TEXT;
    }

    private State afterLessThan(byte c) {
        if (c == '/') {
            return startName(State.END_TAG_NAME);
        }
        return c == '!' && element == SCRIPT ? State.ESCAPE_START : text(c);
    }

    private State afterEndTagName(byte c) {
        if (TagName.isLetter(c)) {
            name.add(c);
            return State.END_TAG_NAME;
        }
        return TagName.isEnd(c) && name.is(element) ? State.ENDED : text(c);
    }

    /** The dashes of {@code <!--} count for its end too. */
    private State startEscape() {
        dashes = 2;
        hidden = false;
        return State.ESCAPED;
    }

    private State escaped(byte c) {
        boolean ends = c == '>' && dashes >= 2;
        dashes = c == '-' ? dashes + 1 : 0;
        return ends ? State.TEXT : c == '<' ? State.ESCAPED_LESS_THAN : State.ESCAPED;
    }

    private State afterEscapedLessThan(byte c) {
        if (c == '/') {
            return startName(State.ESCAPED_END_TAG_NAME);
        }
        if (TagName.isLetter(c) && !hidden) {
            startName(State.ESCAPED_TAG_NAME);
            name.add(c);
            return State.ESCAPED_TAG_NAME;
        }
        return escaped(c);
    }

    private State afterEscapedTagName(byte c) {
        if (TagName.isLetter(c)) {
            name.add(c);
            return State.ESCAPED_TAG_NAME;
        }
        hidden = TagName.isEnd(c) && name.is(SCRIPT);
        return escaped(c);
    }

    private State afterEscapedEndTagName(byte c) {
        if (TagName.isLetter(c)) {
            name.add(c);
            return State.ESCAPED_END_TAG_NAME;
        }
        if (TagName.isEnd(c) && name.is(SCRIPT)) {
            if (!hidden) {
                return State.ENDED;
            }
            hidden = false;
        }
        return escaped(c);
    }

    private State startName(State next) {
        name.clear();
        return next;
    }
}
