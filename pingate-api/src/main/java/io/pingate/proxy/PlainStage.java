package io.pingate.proxy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body that passes as it is, without a copy. */
public final class PlainStage implements BodyStage {
    private @Nullable ByteBuffer chunk;

    @Override
    public void offer(ByteBuffer chunk) {
        this.chunk = chunk.hasRemaining() ? chunk : null;
    }

    @Override
    public void finish() {}

    @Override
    public @Nullable ByteBuffer poll() {
        ByteBuffer next = chunk;
        chunk = null;
        return next;
    }
}
