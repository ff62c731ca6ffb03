package io.pingate.servlet.proxy;

import io.pingate.proxy.BodyStage;
import io.pingate.servlet.event.GateListener;
import io.pingate.servlet.event.UpstreamFailure;
import io.pingate.servlet.proxy.client.ClientExchange;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
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
    /** A selector's thread has other connections to serve than a body that is always ready, or a page that grows. */
    private static final int BYTES_PER_TURN = 256 * 1024;
    /** What a stage has done when it has nothing to give yet. */
    private static final int BYTES_PER_EMPTY_PIECE = 64 * 1024;

    private final Content.Source upstream;
    private final BodyStage stage;
    private final Runnable head;
    private final ClientExchange client;
    private final Executor executor;
    private final GateListener listener;
    private final Consumer<@Nullable Throwable> whenDone;
    private Content.@Nullable Chunk offered;
    private boolean begun;
    private boolean flushed;
    private boolean finished;
    private int turn;

    /**
     * Prepares a relay; {@link #iterate} sets it going.
     *
     * @param stage what each piece goes through
     * @param head sets the response's head; called once, when the first piece is ready to go or none is there
     * @param executor lends a thread for a long run
     * @param listener hears how much was sent, and when the upstream breaks off
     * @param whenDone called once: with null when the client has taken the last byte, else with the reason; the response
     *     is neither completed nor aborted by then
     */
    ResponseRelay(
            Content.Source upstream,
            BodyStage stage,
            Runnable head,
            ClientExchange client,
            Executor executor,
            GateListener listener,
            Consumer<@Nullable Throwable> whenDone) {
        this.upstream = upstream;
        this.stage = stage;
        this.head = head;
        this.client = client;
        this.executor = executor;
        this.listener = listener;
        this.whenDone = whenDone;
    }

    @Override
    protected Action process() throws Throwable {
        while (true) {
            if (turn >= BYTES_PER_TURN) {
                turn = 0;
                executor.execute(this::succeeded);
                return Action.SCHEDULED;
            }
            ByteBuffer piece = stage.poll();
            if (piece != null && piece.hasRemaining()) {
                turn += piece.remaining();
                listener.sent(piece.remaining());
                begin();
                client.write(piece, this);
                return Action.SCHEDULED;
            } else if (piece != null) {
                turn += BYTES_PER_EMPTY_PIECE;
                continue;
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
            listener.upstreamFailed(UpstreamFailure.BROKEN);
            throw chunk.getFailure();
        }
        offered = chunk;
        flushed = false;
        turn += chunk.remaining();
        stage.offer(chunk.getByteBuffer());
        if (chunk.isLast()) {
            finished = true;
            stage.finish();
        }
    }

    /** The head doesn't wait for the first byte: an event stream may be silent for a long time. */
    private void waitForMore() {
        turn = 0;
        if (client.isCommitted()) {
            upstream.demand(this::succeeded);
        } else {
            begin();
            client.write(BufferUtil.EMPTY_BUFFER, this);
        }
    }

    @Override
    protected void onCompleted(@Nullable Throwable cause) {
        Throwable failure = cause;
        try {
            release();
            stage.close();
        } catch (RuntimeException | Error e) {
            failure = cause == null ? e : cause;
        }
        if (failure != null) {
            upstream.fail(failure);
        }
        whenDone.accept(failure);
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
