package io.pingate.desync;

import io.pingate.desync.Http2Stream.Frame;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One client connection of HTTP/2 with prior knowledge: its requests at the same time, frame by frame in any order. */
final class Http2Client {
    private static final long PATIENCE_SECONDS = 60;
    private static final long SHORT_PATIENCE_MILLIS = 150;

    private final Socket socket;
    private final Dice dice;
    private final Ledger ledger;
    private final List<Http2Stream> streams = new ArrayList<>();
    private final Deque<Http2Stream> unbegun = new ArrayDeque<>();
    private final List<Http2Stream> sending = new ArrayList<>();
    private final RequestPlan.Pace pace;
    /** Guards what the reader and the writer share. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Http2Wire wire;
    private final Http2Answers answers;

    Http2Client(Socket socket, List<Exchange> exchanges, Dice dice, String cookie, Ledger ledger) throws IOException {
        this.socket = socket;
        this.dice = dice;
        this.ledger = ledger;
        this.pace = exchanges.get(0).request.pace();
        for (Exchange exchange : exchanges) {
            streams.add(new Http2Stream(exchange, 1 + 2 * streams.size(), dice, cookie, ledger));
        }
        unbegun.addAll(streams);
        wire = new Http2Wire(socket);
        answers = new Http2Answers(wire, streams, lock, changed, ledger);
    }

    void run() throws IOException {
        int most = dice.chance(12) ? dice.between(1, 12) : Integer.MAX_VALUE;
        boolean resets = dice.chance(50);
        wire.send(Http2Frames.preface());
        Thread reader = Upstream.start("http2-reader", answers);
        try {
            for (int sent = 0; sent < most && sendNext(); sent++) {
                AnswerScript.pause(pace);
            }
            if (most == Integer.MAX_VALUE) {
                awaitAnswers();
            }
        } catch (IOException e) {
            ledger.count("sending ended by the gate");
            awaitEnd(reader);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave(resets && most < Integer.MAX_VALUE);
    }

    /** False when nothing is left to send. */
    private boolean sendNext() throws IOException, InterruptedException {
        sending.removeIf(stream -> stream.frames.isEmpty());
        if (!unbegun.isEmpty() && (sending.isEmpty() || dice.chance(40))) {
            // Its head goes out at once: streams are opened in the order of their numbers (RFC 9113 section 5.1.1).
            Http2Stream stream = unbegun.remove();
            sending.add(stream);
            stream.exchange.start = System.nanoTime();
            stream.exchange.begun = true;
            ledger.begun.incrementAndGet();
            send(stream);
        } else if (!sending.isEmpty()) {
            send(dice.pick(sending));
        }
        return !sending.isEmpty() || !unbegun.isEmpty();
    }

    private void send(Http2Stream stream) throws IOException, InterruptedException {
        Frame frame = stream.frames.remove();
        if (!answers.awaitWindow(stream, frame.flow, PATIENCE_SECONDS)) {
            // The gate wants no more of it.
            stream.frames.clear();
            return;
        }
        stream.exchange.bodyComplete |= frame.ends;
        stream.hasSentTrailers |= frame.trailers;
        wire.send(frame.bytes);
    }

    private void awaitAnswers() throws InterruptedException {
        if (await(PATIENCE_SECONDS * 1_000, false)) {
            await(SHORT_PATIENCE_MILLIS, true);
        } else {
            answers.stuck();
        }
    }

    /** Whether all streams come to their end, stalling ones included or not, with no silence as long as that between. */
    private boolean await(long millis, boolean all) throws InterruptedException {
        long patience = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            long nanos = patience;
            long heard = answers.heard();
            while (!answers.ended() && streams.stream().anyMatch(s -> !s.over && isAwaited(s, all))) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
                if (answers.heard() != heard) {
                    heard = answers.heard();
                    nanos = patience;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isAwaited(Http2Stream stream, boolean all) {
        RequestPlan plan = stream.exchange.request;
        return stream.exchange.begun && plan.end() != RequestPlan.End.RESET && (all || !stream.stalls());
    }

    /** What came before the end is still judged. */
    private static void awaitEnd(Thread reader) {
        try {
            reader.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave(boolean resets) throws IOException {
        lock.lock();
        try {
            answers.leaving();
            streams.forEach(stream -> stream.exchange.left |= !stream.over);
        } finally {
            lock.unlock();
        }
        if (resets) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }
}
