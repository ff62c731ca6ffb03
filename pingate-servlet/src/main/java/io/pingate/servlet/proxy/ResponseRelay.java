package io.pingate.servlet.proxy;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Carries a response body from the upstream to the client, one piece at a time: what is there is written through, and
 * only then is more asked for, so that a slow client slows the upstream down and nothing piles up in between.
 */
final class ResponseRelay extends IteratingCallback {
    private final Content.Source upstream;
    private final BodyStage stage;
    private final Runnable head;
    private final ClientExchange client;
    private final Consumer<@Nullable Throwable> whenDone;
    private Content.@Nullable Chunk offered;
    private boolean begun;
    private boolean flushed;
    private boolean finished;

    /**
     * Prepares a relay; {@link #iterate} sets it going.
     *
     * @param stage what each piece goes through
     * @param head sets the response's head; called once, when the first piece is ready to go or none is there
     * @param whenDone called once: with null when the client has taken the last byte, else with the reason; the response
     *     is neither completed nor aborted by then
     */
    ResponseRelay(
            Content.Source upstream,
            BodyStage stage,
            Runnable head,
            ClientExchange client,
            Consumer<@Nullable Throwable> whenDone) {
        this.upstream = upstream;
        this.stage = stage;
        this.head = head;
        this.client = client;
        this.whenDone = whenDone;
    }

    @Override
    protected Action process() throws Throwable {
        while (true) {
            ByteBuffer piece = stage.poll();
            if (piece != null) {
                begin();
                client.write(piece, this);
                return Action.SCHEDULED;
            }
            release();
            if (finished) {
                begin();
                return Action.SUCCEEDED;
            }
            Content.Chunk chunk = upstream.read();
            if (chunk != null) {
                offer(chunk);
            } else if (!flushed) {
                flushed = true;
                stage.flush();
            } else {
                waitForMore();
                return Action.SCHEDULED;
            }
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            head.run();
        }
    }

    private void offer(Content.Chunk chunk) throws Throwable {
        if (Content.Chunk.isFailure(chunk)) {
            throw chunk.getFailure();
        }
        offered = chunk;
        flushed = false;
        stage.offer(chunk.getByteBuffer());
        if (chunk.isLast()) {
            finished = true;
            stage.finish();
        }
    }

    /** The head doesn't wait for the first byte: an event stream may be silent for a long time. */
    private void waitForMore() {
        if (client.isCommitted()) {
            upstream.demand(this::succeeded);
        } else {
            begin();
            client.write(BufferUtil.EMPTY_BUFFER, this);
        }
    }

    @Override
    protected void onCompleted(@Nullable Throwable cause) {
        release();
        stage.close();
        if (cause != null) {
            upstream.fail(cause);
        }
        whenDone.accept(cause);
    }

    private void release() {
        Content.Chunk chunk = offered;
        if (chunk != null) {
            offered = null;
            chunk.release();
        }
    }

    /** Upstream and client are never blocked on, so any thread may run this, an I/O thread too. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
