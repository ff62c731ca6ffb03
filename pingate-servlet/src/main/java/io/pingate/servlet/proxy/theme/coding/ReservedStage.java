package io.pingate.servlet.proxy.theme.coding;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** A stage with the memory that is reserved for it until it is closed. */
final class ReservedStage implements BodyStage {
    private final BodyStage stage;
    private final MemoryBudget.Reservation memory;

    ReservedStage(BodyStage stage, MemoryBudget.Reservation memory) {
        this.stage = stage;
        this.memory = memory;
    }

    @Override
    public void offer(ByteBuffer chunk) {
        stage.offer(chunk);
    }

    @Override
    public void flush() {
        stage.flush();
    }

    @Override
    public void finish() {
        stage.finish();
    }

    @Override
    public @Nullable ByteBuffer poll() throws DataFormatException {
        return stage.poll();
    }

    @Override
    public OptionalLong length() {
        return stage.length();
    }

    @Override
    public void close() {
        try {
            stage.close();
        } finally {
            memory.close();
        }
    }
}
