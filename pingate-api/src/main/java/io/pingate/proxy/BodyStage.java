package io.pingate.proxy;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One step that a body takes on its way, driven by whoever carries the bytes: offer a chunk, poll until null, offer the
 * next one, and after the last one finish and poll until null again.
 *
 * <p>A stage never blocks and keeps a bounded number of bytes, however much a chunk grows into. Not thread-safe: one
 * stage serves one body.
 */
public interface BodyStage extends AutoCloseable {
    /**
     * Takes the next chunk. Its bytes stay the caller's, who may use the buffer anew once {@link #poll} has answered null.
     *
     * @param chunk what came in; its position may move
     */
    void offer(ByteBuffer chunk);

    /** Asks that what was offered so far comes out with the next polls, as far as the format allows. */
    default void flush() {}

    /** Says that no chunk follows; the rest comes out with the next polls. */
    void finish();

    /**
     * Gives the next piece of the changed body.
     *
     * @return bytes that are valid until the next call on this stage; an empty buffer when the stage has worked for a
     *     while and has nothing to give yet, so that the caller may look after others before it asks again; null when the
     *     next chunk is wanted or, after {@link #finish}, when the body is complete
     * @throws DataFormatException when the body is broken or ends early: all that could be read has been given, and the
     *     response must be cut short
     */
    @Nullable
    ByteBuffer poll() throws DataFormatException;

    /**
     * Says how long the whole changed body is, as soon as that is known. Whoever has not sent the head yet can tell the
     * client.
     *
     * @return bytes; empty while it is open, which it may stay
     */
    default OptionalLong length() {
        return OptionalLong.empty();
    }

    /** Frees what the stage holds outside the heap; needed once, also after a failure. */
    @Override
    default void close() {}
}
