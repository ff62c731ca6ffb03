package io.pingate.servlet.proxy;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Carries a response body from the upstream to the client, one piece at a time: what is there is written through,
 * and only then is more asked for, so that a slow client slows the upstream down and nothing piles up in between.
 */
final class ResponseRelay extends IteratingCallback {
    private final Content.Source upstream;
    private final ClientExchange client;
    private final Consumer<@Nullable Throwable> whenDone;
    private Content.@Nullable Chunk writing;

    /**
     * @param whenDone called once: with null when the last byte was taken, else with the reason; the response is
     *     neither completed nor aborted by then
     */
    ResponseRelay(Content.Source upstream, ClientExchange client, Consumer<@Nullable Throwable> whenDone) {
        this.upstream = upstream;
        this.client = client;
        this.whenDone = whenDone;
    }

    @Override
    protected Action process() throws Throwable {
        Content.Chunk chunk = upstream.read();
        if (chunk == null) {
            waitForMore();
            return Action.SCHEDULED;
        }
        if (Content.Chunk.isFailure(chunk)) {
            throw chunk.getFailure();
        }
        ByteBuffer bytes = chunk.getByteBuffer();
        if (!bytes.hasRemaining()) {
            chunk.release();
            return chunk.isLast() ? Action.SUCCEEDED : again();
        }
        writing = chunk;
        client.write(bytes, this);
        return Action.SCHEDULED;
    }

    /** The head doesn't wait for the first byte: an event stream may be silent for a long time. */
    private void waitForMore() {
        if (client.isCommitted()) {
            upstream.demand(this::succeeded);
        } else {
            client.write(BufferUtil.EMPTY_BUFFER, this);
        }
    }

    private Action again() {
        succeeded();
        return Action.SCHEDULED;
    }

    @Override
    protected void onSuccess() {
        release();
    }

    @Override
    protected void onCompleteSuccess() {
        whenDone.accept(null);
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        release();
        whenDone.accept(cause);
    }

    private void release() {
        if (writing != null) {
            writing.release();
            writing = null;
        }
    }

    /** Upstream and client are never blocked on, so any thread may run this, an I/O thread too. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
