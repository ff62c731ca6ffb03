package io.pingate.desync;

import static io.pingate.desync.AnswerPlan.ALL;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** Plays the upstream's part of one exchange. */
final class AnswerScript {
    private final Exchange exchange;
    private final AnswerPlan plan;
    private final Socket socket;
    private final Tap tap;
    private final Body body;
    private final RequestJudge.Content content;
    private final Ledger ledger;
    private final AnswerWire wire;

    AnswerScript(Exchange exchange, Socket socket, Tap tap, Body body, RequestJudge.Content content, Ledger ledger) {
        this.exchange = exchange;
        this.plan = exchange.answer;
        this.socket = socket;
        this.tap = tap;
        this.body = body;
        this.content = content;
        this.ledger = ledger;
        this.wire = new AnswerWire(exchange);
    }

    /** Whether another request may follow on the connection. */
    boolean play() throws IOException, BreachException {
        for (int i = 0; i < plan.interims().size(); i++) {
            if (i > 0) {
                read(Math.min(plan.readFirst(), 1));
            }
            socket.getOutputStream()
                    .write(AnswerWire.interim(exchange, plan.interims().get(i)));
        }
        read(plan.readFirst());
        return switch (plan.cut()) {
            case SILENCE -> {
                read(ALL);
                awaitEnd();
                yield false;
            }
            case CLOSE -> {
                write(0, cutAt());
                yield false;
            }
            case RESET -> {
                write(0, cutAt());
                socket.setSoLinger(true, 0);
                yield false;
            }
            case NO -> answer();
        };
    }

    private boolean answer() throws IOException, BreachException {
        int half = plan.interleaved() ? wire.bytes.length / 2 : 0;
        write(0, half);
        if (half > 0) {
            read(ALL);
        }
        write(half, wire.bytes.length);
        if (plan.framing() == AnswerPlan.Framing.UNTIL_CLOSE) {
            // Before the rest of the request is read: its client may wait for the answer's end.
            socket.shutdownOutput();
        }
        if (plan.drains()) {
            read(ALL);
        }
        if (!body.ended()) {
            ledger.count("upstream closed with an unread request");
            ledger.closedUnsaid();
            return false;
        }
        return switch (plan.then()) {
            case KEEP -> true;
            case CLOSE -> {
                if (plan.framing() == AnswerPlan.Framing.UNTIL_CLOSE) {
                    awaitEnd();
                }
                yield false;
            }
            case SAY_CLOSE, EXCESS -> {
                awaitEnd();
                yield false;
            }
            case CLOSE_UNSAID -> {
                ledger.closedUnsaid();
                yield false;
            }
        };
    }

    /** Until the gate closes; what it sends in place of that belongs to no request. */
    private void awaitEnd() throws IOException, BreachException {
        if (plan.then() == AnswerPlan.Then.EXCESS) {
            // Nothing says that the gate has to look at it before it wants to use the connection again.
            socket.setSoTimeout(0);
        }
        if (tap.peek() >= 0) {
            throw new BreachException(Breach.USED_AGAIN, "behind " + plan.then() + " " + plan.cut());
        }
    }

    private int cutAt() {
        return (int) (wire.cutBefore * (long) plan.cutAt() / 1_000);
    }

    private void read(int upTo) throws IOException, BreachException {
        while (!body.ended() && content.count() < upTo) {
            body.readSome(Math.min(upTo - content.count(), plan.readPace().most()));
            pause(plan.readPace());
        }
    }

    private void write(int from, int to) throws IOException {
        for (int at = from; at < to; ) {
            int next = (int) Math.min(to, (long) at + plan.pace().most());
            boolean last = next == wire.bytes.length;
            exchange.lossless = isLossless();
            if (next >= wire.headLength && exchange.lossless) {
                exchange.answered = true;
            }
            exchange.answerWritten = Math.max(0, next - wire.headLength);
            exchange.answerComplete = last;
            byte[] excess = last && plan.then() == AnswerPlan.Then.EXCESS ? AnswerWire.excess() : new byte[0];
            byte[] piece = new byte[next - at + excess.length];
            System.arraycopy(wire.bytes, at, piece, 0, next - at);
            System.arraycopy(excess, 0, piece, next - at, excess.length);
            socket.getOutputStream().write(piece);
            at = next;
            pause(plan.pace());
        }
    }

    /** Nothing that is written can be undone by a reset behind it. */
    private boolean isLossless() {
        return body.ended() ? plan.cut() != AnswerPlan.Cut.RESET : plan.cut() == AnswerPlan.Cut.NO && plan.drains();
    }

    static void pause(RequestPlan.Pace pace) {
        if (pace.pauseMicros() > 0) {
            LockSupport.parkNanos(pace.pauseMicros() * 1_000L);
        }
    }
}
