package io.pingate.servlet.proxy.theme;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.BodyStage;
import io.pingate.proxy.PlainStage;
import io.pingate.servlet.proxy.intercept.Interception;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * What the theme makes of a response.
 *
 * <p>Whether there is memory to change a page shows by its first bytes, or when its head has to go without them. Without
 * it, head and body pass as they are.
 */
final class ThemedResponse implements Interception.Response {
    /** Begins to change a body. */
    public interface Change {
        /** {@return the stage for a body that starts like this (empty when none of it has come); null to leave it as it is} */
        @Nullable
        BodyStage begin(ByteBuffer start);
    }

    private final HeaderFields upstream;
    private final HeaderFields themed;
    private final Change change;
    private @Nullable BodyStage stage;
    private boolean changed;

    /**
     * Prepares a response.
     *
     * @param upstream the upstream's fields
     * @param themed the fields in place of them when the body is changed; without Content-Length, which {@link #length}
     *     may come to know
     * @param change begins to change the body
     */
    ThemedResponse(HeaderFields upstream, HeaderFields themed, Change change) {
        this.upstream = upstream;
        this.themed = themed;
        this.change = change;
    }

    @Override
    public HeaderFields fields() {
        var unused = stage(BufferUtil.EMPTY_BUFFER);
        return changed ? themed : upstream;
    }

    @Override
    public void offer(ByteBuffer chunk) {
        if (chunk.hasRemaining()) {
            stage(chunk).offer(chunk);
        }
    }

    @Override
    public void flush() {
        if (stage != null) {
            stage.flush();
        }
    }

    @Override
    public void finish() {
        stage(BufferUtil.EMPTY_BUFFER).finish();
    }

    @Override
    public @Nullable ByteBuffer poll() throws DataFormatException {
        return stage == null ? null : stage.poll();
    }

    @Override
    public OptionalLong length() {
        return stage == null ? OptionalLong.empty() : stage.length();
    }

    @Override
    public void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private BodyStage stage(ByteBuffer start) {
        BodyStage decided = stage;
        if (decided == null) {
            BodyStage begun = change.begin(start);
            changed = begun != null;
            decided = begun == null ? new PlainStage() : begun;
            stage = decided;
        }
        return decided;
    }
}
