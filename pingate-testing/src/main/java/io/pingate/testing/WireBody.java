package io.pingate.testing;

/**
 * A body as it was framed, one char per byte.
 *
 * @param complete whether the framing came to its end before the connection did
 * @param trailers the trailer lines of a chunked body, "" when there were none
 */
public record WireBody(String text, Framing framing, boolean complete, String trailers) {
    public enum Framing {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    public static final WireBody NONE = new WireBody("", Framing.NONE, true, "");

    public WireBody withText(String content) {
        return new WireBody(content, framing, complete, trailers);
    }
}
