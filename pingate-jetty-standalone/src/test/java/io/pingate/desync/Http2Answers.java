package io.pingate.desync;

import io.pingate.desync.Http2Wire.Received;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.jspecify.annotations.Nullable;

/** What comes back on a connection of HTTP/2, each stream judged by itself. */
final class Http2Answers implements Runnable {
    private static final int INITIAL_WINDOW = 65_535;

    private final Http2Wire wire;
    private final List<Http2Stream> streams;
    private final ReentrantLock lock;
    private final Condition changed;
    private final Ledger ledger;
    private final HpackDecoder fields = new HpackDecoder(64 * 1024, () -> 0L);
    private long window = INITIAL_WINDOW;
    private long initialWindow = INITIAL_WINDOW;
    private boolean ended;
    /** How many frames have come. */
    private long heard;

    private volatile boolean leaving;
    private @Nullable Http2Stream current;

    Http2Answers(Http2Wire wire, List<Http2Stream> streams, ReentrantLock lock, Condition changed, Ledger ledger) {
        this.wire = wire;
        this.streams = streams;
        this.lock = lock;
        this.changed = changed;
        this.ledger = ledger;
        streams.forEach(stream -> stream.window = INITIAL_WINDOW);
    }

    /** The connection is at its end; for those who hold the lock. */
    boolean ended() {
        return ended;
    }

    /** How many frames have come; for those who hold the lock. */
    long heard() {
        return heard;
    }

    /** From here on nobody waits for anything. */
    void leaving() {
        leaving = true;
    }

    /** False when the gate has ended the stream, or gives no window. */
    boolean awaitWindow(Http2Stream stream, int size, long seconds) throws InterruptedException {
        long nanos = TimeUnit.SECONDS.toNanos(seconds);
        lock.lock();
        try {
            while (!ended && !stream.over && (window < size || stream.window < size)) {
                if (nanos <= 0) {
                    found(Breach.STUCK, "the gate gives no window", stream);
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            window -= size;
            stream.window -= size;
            return !ended && !stream.over;
        } finally {
            lock.unlock();
        }
    }

    void stuck() {
        lock.lock();
        try {
            streams.stream()
                    .filter(stream -> !stream.over && stream.exchange.begun && !stream.stalls())
                    .forEach(stream -> found(Breach.STUCK, "no answer", stream));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                frame(wire.receive());
            }
        } catch (BreachException e) {
            stopJudging();
            found(e.breach, String.valueOf(e.getMessage()), current);
        } catch (HpackException e) {
            stopJudging();
            found(Breach.BAD_ANSWER, e.toString(), current);
        } catch (IOException e) {
            ledger.count("http2 connections ended");
        } finally {
            end();
        }
    }

    private void frame(Received frame) throws IOException, BreachException, HpackException {
        lock.lock();
        try {
            int number = frame.stream() / 2;
            current = frame.stream() > 0 && number < streams.size() ? streams.get(number) : null;
            heard++;
            frame(frame, current);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void frame(Received frame, @Nullable Http2Stream stream)
            throws IOException, BreachException, HpackException {
        switch (frame.type()) {
            case Http2Frames.SETTINGS -> settings(frame);
            case Http2Frames.PING -> {
                if (!frame.has(Http2Frames.ACK)) {
                    wire.send(Http2Frames.frame(
                            Http2Frames.PING,
                            Http2Frames.ACK,
                            0,
                            frame.payload().array()));
                }
            }
            case Http2Frames.WINDOW_UPDATE -> {
                if (stream == null) {
                    window += frame.payload().getInt();
                } else {
                    stream.window += frame.payload().getInt();
                }
            }
            case Http2Frames.HEADERS -> headers(frame, stream);
            case Http2Frames.DATA -> data(frame, stream);
            case Http2Frames.RST_STREAM -> reset(stream);
            case Http2Frames.GOAWAY -> ledger.count("http2 goaway");
            default -> throw new BreachException(Breach.BAD_ANSWER, "a frame of type " + frame.type());
        }
    }

    private void settings(Received frame) throws IOException {
        ByteBuffer payload = frame.payload();
        if (frame.has(Http2Frames.ACK)) {
            return;
        }
        while (payload.remaining() >= 6) {
            if (payload.getShort() == 4) {
                int size = payload.getInt();
                streams.forEach(stream -> stream.window += size - initialWindow);
                initialWindow = size;
            } else {
                payload.getInt();
            }
        }
        wire.send(Http2Frames.frame(Http2Frames.SETTINGS, Http2Frames.ACK, 0, new byte[0]));
    }

    private void headers(Received frame, @Nullable Http2Stream stream) throws BreachException, HpackException {
        if (!frame.has(Http2Frames.END_HEADERS) || frame.has(Http2Frames.PADDED) || frame.has(Http2Frames.PRIORITY)) {
            throw new BreachException(Breach.BAD_ANSWER, "a head in parts, padded or with a priority");
        }
        MetaData head = fields.decode(frame.payload());
        Http2Stream known = known(stream);
        Fields converted = new Fields();
        head.getHttpFields().forEach(field -> converted.add(field.getName(), String.valueOf(field.getValue())));
        if (head instanceof MetaData.Response response) {
            known.judge.head(response.getStatus(), converted);
        }
        end(frame, known, converted);
    }

    private static void data(Received frame, @Nullable Http2Stream stream) throws BreachException {
        Http2Stream known = known(stream);
        if (frame.has(Http2Frames.PADDED)) {
            throw new BreachException(Breach.BAD_ANSWER, "padding");
        }
        known.judge.content(frame.payload().array(), frame.payload().remaining());
        end(frame, known, new Fields());
    }

    private static void end(Received frame, Http2Stream stream, Fields trailers) throws BreachException {
        if (frame.has(Http2Frames.END_STREAM)) {
            stream.over = true;
            stream.judge.end(trailers);
        }
    }

    private static Http2Stream known(@Nullable Http2Stream stream) throws BreachException {
        if (stream == null || !stream.exchange.begun || stream.over) {
            throw new BreachException(Breach.ANSWER_TO_NOTHING, "on a stream that is not open");
        }
        return stream;
    }

    private void reset(@Nullable Http2Stream stream) throws BreachException {
        if (stream == null || stream.over) {
            return;
        }
        boolean trailersMet = streams.stream().anyMatch(other -> other.hasSentTrailers && other.over);
        stream.over = true;
        if (trailersMet) {
            // Unlike RFC 9113 section 5.1 says, trailers that cross a reset of their stream end Jetty's connection.
            ledger.count("http2 streams lost, maybe to another one's trailers");
        } else {
            stream.judge.cut();
        }
    }

    /** What is wrong with one answer is not to be told of all others on its connection. */
    private void stopJudging() {
        leaving = true;
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            for (Http2Stream stream : streams) {
                if (!leaving && !stream.over && stream.exchange.begun) {
                    current = stream;
                    reset(stream);
                }
            }
        } catch (BreachException e) {
            found(e.breach, String.valueOf(e.getMessage()), current);
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void found(Breach breach, String what, @Nullable Http2Stream stream) {
        ledger.found(breach, what, stream == null ? null : stream.exchange, wire.shown());
    }
}
