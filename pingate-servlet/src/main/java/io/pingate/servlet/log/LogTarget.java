package io.pingate.servlet.log;

import java.io.IOException;
import java.util.List;

/** Takes lines, on one thread at a time. */
@FunctionalInterface
public interface LogTarget extends AutoCloseable {
    /**
     * Writes lines.
     *
     * @param lines one or more, of visible ASCII and without their ends
     * @throws IOException when they can't be written, or not all of them
     */
    void write(List<String> lines) throws IOException;

    @Override
    default void close() {}
}
