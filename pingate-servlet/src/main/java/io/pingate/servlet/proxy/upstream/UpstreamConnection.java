package io.pingate.servlet.proxy.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an upstream, which serves one request at a time.
 *
 * <p>Writing is its {@link RequestWriter}'s; reading happens here, by one thread at a time: up to the head by whoever the
 * selector calls, from then on by whoever reads the {@link UpstreamResponse}.
 */
final class UpstreamConnection extends AbstractConnection.NonBlocking implements Connection.UpgradeFrom {
    private static final int INPUT_BYTES = 32 * 1024;

    private enum State {
        IDLE,
        BUSY,
        CLOSED
    }

    private final ConnectionPool pool;
    private final ByteBufferPool buffers;
    private final ResponseReader reader = new ResponseReader();
    private final AtomicReference<State> state = new AtomicReference<>(State.BUSY);

    private @Nullable RetainableByteBuffer input;
    private @Nullable Runnable readable;
    private volatile @Nullable UpstreamCall call;
    private volatile @Nullable RequestWriter writer;
    private volatile boolean served;
    private volatile long idleSince;

    /** Prepares a connection whose first request is there already. */
    UpstreamConnection(EndPoint endPoint, ConnectionPool pool, UpstreamCall first) {
        super(endPoint, pool.executor());
        this.pool = pool;
        this.buffers = pool.buffers();
        this.call = first;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        UpstreamCall first = call;
        if (first != null) {
            reader.expect(first.request().method());
            if (getEndPoint() instanceof SslConnection.SslEndPoint secured) {
                secured.getSslConnection().addHandshakeListener(new WhenSecure(first));
            } else {
                first.connected();
            }
            serve(first);
            fillInterested();
        }
    }

    /** Serves another request, unless the connection was closed while it rested. */
    boolean serveAgain(UpstreamCall next) {
        // All is in place before the connection is awake, since the selector may call at that very moment.
        call = next;
        reader.expect(next.request().method());
        if (!state.compareAndSet(State.IDLE, State.BUSY)) {
            return false;
        }
        next.connected();
        serve(next);
        return true;
    }

    private void serve(UpstreamCall current) {
        RequestWriter request = new RequestWriter(getEndPoint(), pool.executor(), current.request(), current);
        writer = request;
        if (current.begin(this, request)) {
            request.iterate();
        } else {
            breakOff();
        }
    }

    @Override
    public void onFillable() {
        if (retire()) {
            // Closed by the upstream, or it says something that nobody has asked for.
            return;
        }
        Runnable reading = readable;
        if (reading == null) {
            readHead();
        } else {
            readable = null;
            reading.run();
        }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        reader.fail(cause);
        onFillable();
    }

    private void readHead() {
        UpstreamCall current = call;
        if (current == null) {
            return;
        }
        while (advance()) {
            switch (reader.take()) {
                case HEAD -> {
                    if (!reader.isInterim()) {
                        headHasCome(current);
                        return;
                    }
                }
                case END -> {
                    current.interim(reader.status(), reader.fields());
                    reader.next();
                }
                case FAILURE -> {
                    breakDown(current);
                    return;
                }
                case CONTENT -> throw new IllegalStateException("content before a head");
            }
        }
        fillInterested();
    }

    private void headHasCome(UpstreamCall current) {
        if (reader.status() != 101) {
            current.head(new UpstreamResponse(this, reader.status(), reader.fields()));
        } else if (current.request().upgrades() && state.compareAndSet(State.BUSY, State.CLOSED)) {
            current.switched(reader.fields(), getEndPoint());
        } else {
            reader.fail(new IOException("a 101 that was not asked for"));
            breakDown(current);
        }
    }

    private void breakDown(UpstreamCall current) {
        boolean silent = served && !reader.hasBegun();
        breakOff();
        release();
        current.broken(reader.failure(), silent);
    }

    /** The next piece of the response's body, null when there is none yet. */
    Content.@Nullable Chunk read() {
        if (reader.isEnded()) {
            return Content.Chunk.EOF;
        }
        if (!reader.isFailed() && !advance()) {
            return null;
        }
        return switch (reader.take()) {
            case CONTENT -> {
                RetainableByteBuffer source = input;
                if (source == null) {
                    throw new IllegalStateException("content out of nothing");
                }
                source.retain();
                yield Content.Chunk.asChunk(reader.content(), false, source);
            }
            case END -> {
                releaseIfEmpty();
                yield Content.Chunk.EOF;
            }
            case FAILURE -> {
                giveUp();
                yield Content.Chunk.from(reader.failure(), true);
            }
            case HEAD -> throw new IllegalStateException("a head within a body");
        };
    }

    void demand(Runnable whenReadable) {
        readable = whenReadable;
        fillInterested();
    }

    HttpFields trailers() {
        return reader.trailers();
    }

    /** Reads until the parser has something to tell; false when the upstream has sent no more so far. */
    private boolean advance() {
        while (!reader.parse(bytes())) {
            if (reader.isFailed()) {
                return true;
            }
            RetainableByteBuffer room = room();
            int filled;
            try {
                filled = getEndPoint().fill(room.getByteBuffer());
            } catch (IOException e) {
                reader.fail(e);
                return true;
            }
            if (filled == 0) {
                release();
                return false;
            }
            if (filled < 0) {
                reader.inputEnded();
            }
        }
        return true;
    }

    private ByteBuffer bytes() {
        RetainableByteBuffer buffer = input;
        return buffer == null ? BufferUtil.EMPTY_BUFFER : buffer.getByteBuffer();
    }

    /** An empty buffer that nobody else still reads from. */
    private RetainableByteBuffer room() {
        RetainableByteBuffer buffer = input;
        if (buffer != null && buffer.isRetained()) {
            release();
            buffer = null;
        }
        if (buffer == null) {
            buffer = buffers.acquire(INPUT_BYTES, true);
            input = buffer;
        } else {
            BufferUtil.clear(buffer.getByteBuffer());
        }
        return buffer;
    }

    private void releaseIfEmpty() {
        RetainableByteBuffer buffer = input;
        if (buffer != null && !buffer.hasRemaining()) {
            release();
        }
    }

    private void release() {
        RetainableByteBuffer buffer = input;
        if (buffer != null) {
            input = null;
            buffer.release();
        }
    }

    /** Decides what becomes of the connection, now that the response has been read. */
    void finish(RequestWriter request, Runnable then) {
        if (!reader.isReusable() || input != null) {
            giveUp();
            then.run();
            return;
        }
        request.whenSettled(
                () -> {
                    rest();
                    then.run();
                },
                () -> {
                    breakOff();
                    then.run();
                });
    }

    private void rest() {
        call = null;
        writer = null;
        served = true;
        idleSince = NanoTime.now();
        if (!state.compareAndSet(State.BUSY, State.IDLE)) {
            return;
        }
        // First this: whoever takes it out of the pool may find it closed by then, but never without an ear.
        fillInterested();
        pool.keep(this);
    }

    long idleSince() {
        return idleSince;
    }

    /** Closes the connection if it rests; false if it doesn't. */
    boolean retire() {
        if (!state.compareAndSet(State.IDLE, State.CLOSED)) {
            return false;
        }
        pool.drop(this);
        getEndPoint().close();
        return true;
    }

    /** Closes the connection in the midst of whatever it does; what is being read is released by its reader. */
    void breakOff() {
        RequestWriter request = writer;
        if (request != null) {
            request.stop();
        }
        state.set(State.CLOSED);
        pool.drop(this);
        getEndPoint().close();
    }

    /** The same, by the one who reads. */
    void giveUp() {
        breakOff();
        release();
    }

    /** The time to connect covers TLS. */
    private record WhenSecure(UpstreamCall call) implements SslHandshakeListener {
        @Override
        public void handshakeSucceeded(Event event) {
            call.connected();
        }
    }

    /** Hands the bytes behind a 101 over. */
    @Override
    public @Nullable ByteBuffer onUpgradeFrom() {
        RetainableByteBuffer buffer = input;
        ByteBuffer rest = buffer == null || !buffer.hasRemaining() ? null : BufferUtil.copy(buffer.getByteBuffer());
        release();
        return rest;
    }
}
