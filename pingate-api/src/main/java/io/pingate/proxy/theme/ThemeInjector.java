package io.pingate.proxy.theme;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Puts the theme's style element, or what else there is to add, into an HTML page that streams by.
 *
 * <p>It goes before the first {@code </head>} (any case, also {@code </head >}), or before {@code <body>} where a page
 * leaves that end tag out; a page that has neither passes unchanged. Comments, attribute values and the text of scripts,
 * styles and titles don't count. At most six bytes wait for the next chunk; all others are passed on as slices of the
 * chunk they came in, and once the style is placed the chunks themselves are passed on unread.
 *
 * <p>The page's charset must be a superset of ASCII.
 */
public final class ThemeInjector implements BodyStage {
    private final Addition addition;
    private final OptionalLong pageLength;
    private final HeadFinder finder = new HeadFinder();
    private final byte[] held = new byte[HeadFinder.MAX_HELD_BYTES];
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>(4);
    private int heldBytes;
    private boolean placed;

    /**
     * Makes an injector for one page.
     *
     * @param addition what is put in
     * @param pageLength how many bytes the page has without it; empty when that isn't known
     */
    public ThemeInjector(Addition addition, OptionalLong pageLength) {
        this.addition = addition;
        this.pageLength = pageLength;
    }

    @Override
    public void offer(ByteBuffer chunk) {
        if (placed) {
            add(chunk);
            return;
        }
        int place = finder.find(chunk);
        if (place == HeadFinder.NOT_FOUND) {
            passAllButHeld(chunk);
        } else {
            insert(chunk, place);
        }
    }

    @Override
    public void finish() {
        releaseHeld();
    }

    @Override
    public @Nullable ByteBuffer poll() {
        return pieces.poll();
    }

    @Override
    public OptionalLong length() {
        return placed && pageLength.isPresent()
                ? OptionalLong.of(pageLength.getAsLong() + addition.markup().remaining())
                : OptionalLong.empty();
    }

    private void insert(ByteBuffer chunk, int place) {
        placed = true;
        if (place >= 0) {
            releaseHeld();
            add(chunk.slice(chunk.position(), place));
        }
        add(addition.markup());
        releaseHeld();
        chunk.position(chunk.position() + Math.max(place, 0));
        add(chunk);
    }

    private void passAllButHeld(ByteBuffer chunk) {
        int keep = finder.held();
        int pass = Math.max(chunk.remaining() - keep, 0);
        if (keep <= chunk.remaining()) {
            releaseHeld();
        }
        add(chunk.slice(chunk.position(), pass));
        chunk.position(chunk.position() + pass);
        int kept = chunk.remaining();
        chunk.get(held, heldBytes, kept);
        heldBytes += kept;
    }

    private void releaseHeld() {
        add(ByteBuffer.wrap(held.clone(), 0, heldBytes));
        heldBytes = 0;
    }

    private void add(ByteBuffer piece) {
        if (piece.hasRemaining()) {
            pieces.add(piece);
        }
    }
}
