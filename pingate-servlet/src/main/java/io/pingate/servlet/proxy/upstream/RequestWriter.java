package io.pingate.servlet.proxy.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Writes one request to a connection: its head with what is already there of its body, then the rest as it comes.
 *
 * <p>Under a Content-Length exactly so many bytes are written, or the request counts as broken; a body in chunks gets its
 * last chunk only when its source has come to its end and nobody has {@linkplain #stop stopped} it meanwhile, since a
 * source whose exchange is over may report an end that is none.
 */
final class RequestWriter extends IteratingCallback {
    /** How far it has come. */
    private enum State {
        /** There is more to write. */
        SENDING,
        /** The last bytes are being written. */
        ENDING,
        /** The connection has taken all. */
        SENT,
        /** It will never be whole. */
        BROKEN
    }

    /** A selector's thread has others to serve than an upload that is always ready. */
    private static final int BYTES_A_TURN = 256 * 1024;

    private final EndPoint endPoint;
    private final Executor executor;
    private final UpstreamRequest request;
    private final UpstreamCall call;
    private final @Nullable RequestBody body;
    private Content.@Nullable Chunk chunk;
    private long missing;
    private int turn;
    private boolean headWritten;
    private boolean held;
    private boolean absent;
    private boolean sourceFailed;
    private volatile State state = State.SENDING;
    private volatile boolean stopped;
    private @Nullable Runnable ifWhole;
    private @Nullable Runnable ifNot;

    /** {@code executor} lends a thread to a long body. */
    RequestWriter(EndPoint endPoint, Executor executor, UpstreamRequest request, UpstreamCall call) {
        this.endPoint = endPoint;
        this.executor = executor;
        this.request = request;
        this.call = call;
        this.body = request.body();
        this.missing = body == null ? 0 : body.getLength();
        this.held = body != null && request.expectsContinue();
    }

    /** Lets the body follow that waits for {@code 100 Continue}; without effect on any other. */
    void proceed() {
        synchronized (this) {
            if (!held) {
                return;
            }
            held = false;
        }
        iterate();
    }

    /** Writes nothing any more. After this no end that the body's source reports is believed. */
    void stop() {
        stopped = true;
    }

    /**
     * Says what the connection is good for, as soon as that is known: at once, unless the very last bytes are on their
     * way.
     */
    void whenSettled(Runnable whole, Runnable broken) {
        synchronized (this) {
            if (state == State.ENDING) {
                ifWhole = whole;
                ifNot = broken;
                return;
            }
        }
        (state == State.SENT ? whole : broken).run();
    }

    boolean isSettled() {
        return state == State.SENT || state == State.BROKEN;
    }

    @Override
    protected Action process() throws Throwable {
        try {
            return next();
        } catch (Throwable x) {
            sourceFailed = true;
            throw x;
        }
    }

    private Action next() throws Throwable {
        release();
        checkNotStopped();
        if (state == State.ENDING) {
            return Action.SUCCEEDED;
        }
        if (turn >= BYTES_A_TURN) {
            turn = 0;
            executor.execute(this::succeeded);
            return Action.SCHEDULED;
        }
        List<ByteBuffer> bytes = new ArrayList<>(5);
        boolean waits = isHeld() || (body != null && !addBody(bytes, body));
        // A source that was read while the exchange came to its end may have told anything.
        checkNotStopped();
        if (body == null) {
            ending();
        }
        if (!headWritten) {
            // With what is already there of the body, so that one that is broken from the start reaches nobody.
            bytes.add(0, RequestHead.of(request, !absent));
            headWritten = true;
        }
        if (!bytes.isEmpty()) {
            call.expectProgress();
            endPoint.write(this, bytes.toArray(ByteBuffer[]::new));
            return Action.SCHEDULED;
        }
        if (!waits) {
            return Action.SUCCEEDED;
        }
        call.expectNothing();
        if (isHeld()) {
            return Action.IDLE;
        }
        turn = 0;
        Objects.requireNonNull(body).demand(this::succeeded);
        return Action.SCHEDULED;
    }

    private void checkNotStopped() throws IOException {
        if (stopped) {
            throw new IOException("the request was given up");
        }
    }

    private synchronized boolean isHeld() {
        return held;
    }

    /** Adds what is there of the body, and what ends it when this is the end; false when nothing is there. */
    private boolean addBody(List<ByteBuffer> bytes, RequestBody source) throws Throwable {
        Content.Chunk next = read(source);
        while (next != null && !next.hasRemaining() && !next.isLast()) {
            next.release();
            next = read(source);
        }
        if (next == null) {
            return false;
        }
        chunk = next;
        turn += next.remaining();
        boolean inChunks = source.getLength() < 0;
        if (next.hasRemaining()) {
            add(bytes, next.getByteBuffer(), inChunks);
        }
        if (next.isLast() || (!inChunks && missing == 0 && isAtEnd(source))) {
            end(bytes, source, inChunks);
        }
        return true;
    }

    private static Content.@Nullable Chunk read(RequestBody source) throws Throwable {
        Content.Chunk next = source.read();
        if (next != null && Content.Chunk.isFailure(next)) {
            throw next.getFailure();
        }
        return next;
    }

    private void add(List<ByteBuffer> bytes, ByteBuffer piece, boolean inChunks) throws IOException {
        if (inChunks) {
            bytes.add(RequestHead.chunkSize(piece.remaining()));
            bytes.add(piece);
            bytes.add(RequestHead.lineEnd());
            return;
        }
        missing -= piece.remaining();
        if (missing < 0) {
            throw new IOException("the request's body goes on behind its Content-Length");
        }
        bytes.add(piece);
    }

    /** Behind the last byte, when the source already knows that it was the last one. */
    private static boolean isAtEnd(RequestBody source) throws Throwable {
        Content.Chunk next = read(source);
        if (next == null) {
            return false;
        }
        boolean last = next.isLast();
        boolean empty = !next.hasRemaining();
        next.release();
        if (!empty) {
            throw new IOException("the request's body goes on behind its Content-Length");
        }
        return last;
    }

    private void end(List<ByteBuffer> bytes, RequestBody source, boolean inChunks) throws IOException {
        if (source.isOptional() && !headWritten && bytes.isEmpty() && inChunks) {
            absent = true;
        } else if (inChunks) {
            bytes.add(RequestHead.lastChunk(request, source.trailers()));
        } else if (missing != 0) {
            throw new EOFException("the request's body has ended before its Content-Length");
        }
        ending();
    }

    private synchronized void ending() {
        state = State.ENDING;
    }

    private void release() {
        Content.Chunk written = chunk;
        if (written != null) {
            chunk = null;
            written.release();
        }
    }

    @Override
    protected void onCompleted(@Nullable Throwable cause) {
        release();
        Runnable then;
        synchronized (this) {
            state = cause == null ? State.SENT : State.BROKEN;
            then = cause == null ? ifWhole : ifNot;
        }
        if (cause == null) {
            call.sent();
        } else if (stopped) {
            // Whoever has stopped it says what became of the call: maybe that it can be made again.
        } else if (sourceFailed) {
            call.abort(cause);
        } else {
            call.notTaken(cause);
        }
        if (then != null) {
            then.run();
        }
    }

    /** Neither side is ever blocked on, so any thread may run this, an I/O thread too. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
