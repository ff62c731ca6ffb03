package io.pingate.desync;

import static io.pingate.desync.Http2Frames.DATA;
import static io.pingate.desync.Http2Frames.END_HEADERS;
import static io.pingate.desync.Http2Frames.END_STREAM;
import static io.pingate.desync.Http2Frames.HEADERS;
import static io.pingate.desync.Http2Frames.PADDED;
import static io.pingate.desync.Http2Frames.RST_STREAM;

import io.pingate.desync.RequestPlan.End;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One exchange over HTTP/2: the frames that its client sends, and what has become of it. */
final class Http2Stream {
    private static final byte[] CANCEL = Http2Frames.number(8);
    private static final byte[] NOTHING = new byte[0];

    /** A frame that is still to be sent. */
    static final class Frame {
        final byte[] bytes;
        /** How much of the windows it takes. */
        final int flow;
        /** Whether the client's request is whole with it. */
        final boolean ends;

        final boolean trailers;

        Frame(byte[] bytes, int flow, boolean ends, boolean trailers) {
            this.trailers = trailers;
            this.bytes = bytes;
            this.flow = flow;
            this.ends = ends;
        }
    }

    final Exchange exchange;
    final AnswerJudge judge;
    final int id;
    final Deque<Frame> frames = new ArrayDeque<>();
    /** What the gate lets us send; grows with its frames. */
    long window;
    /** Its answer has ended, well or badly. */
    boolean over;

    /** A second head is on its way. */
    volatile boolean hasSentTrailers;

    private final Dice dice;

    Http2Stream(Exchange exchange, int id, Dice dice, String cookie, Ledger ledger) {
        this.exchange = exchange;
        this.id = id;
        this.dice = dice;
        this.judge = new AnswerJudge(exchange, true, ledger);
        build(cookie);
    }

    private void build(String cookie) {
        RequestPlan plan = exchange.request;
        boolean headOnly = !plan.hasBody()
                || plan.end() == End.HEAD_ONLY
                || (plan.payload().length() == 0 && plan.end() == End.WAIT && dice.chance(50));
        add(HEADERS, END_HEADERS | (headOnly ? END_STREAM : 0), Http2Frames.fields(head(cookie)), headOnly);
        if (!headOnly) {
            body(plan);
        }
        if (plan.end() == End.RESET) {
            add(RST_STREAM, 0, CANCEL, false);
        }
        exchange.left = plan.end() == End.RESET || stalls();
    }

    private List<String> head(String cookie) {
        RequestPlan plan = exchange.request;
        List<String> fields = new ArrayList<>(List.of(
                ":method",
                plan.method(),
                ":scheme",
                "http",
                ":path",
                plan.target(),
                ":authority",
                "gate.test",
                "x-desync-id",
                plan.id()));
        if (plan.signedIn()) {
            fields.addAll(List.of("cookie", "a=1", "cookie", cookie));
        }
        if (plan.declared() >= 0) {
            fields.addAll(List.of("content-length", Integer.toString(plan.declared())));
        }
        if (plan.expects()) {
            fields.addAll(List.of("expect", "100-continue"));
        }
        if (!plan.forges().isEmpty()) {
            fields.addAll(
                    List.of(dice.pick(List.of("x-trusted-user-email", "x_trusted_user_email")), "head@evil.test"));
        }
        return fields;
    }

    private void body(RequestPlan plan) {
        byte[] content = plan.payload().bytes();
        boolean ends = plan.isWhole() || plan.end() == End.SHORT || plan.end() == End.LONG;
        boolean trailers = plan.end() == End.SHORT_TRAILERS || (plan.isWhole() && plan.trailers());
        boolean emptyLast = !trailers && ends && (plan.sent() == 0 || dice.chance(30));
        for (int at = 0; at < plan.sent(); ) {
            int some = Math.min(plan.chunkMost(), plan.sent() - at);
            boolean last = at + some == plan.sent() && ends && !trailers && !emptyLast;
            data(content, at, some, last);
            at += some;
        }
        if (emptyLast) {
            add(DATA, END_STREAM, NOTHING, plan.isWhole());
        }
        if (trailers) {
            byte[] fields = Http2Frames.fields(List.of("x-sum", "1", "x-trusted-user-email", "t@evil.test"));
            add(HEADERS, END_HEADERS | END_STREAM, fields, plan.isWhole());
        }
    }

    private void data(byte[] content, int from, int length, boolean last) {
        int padding = dice.chance(10) ? dice.between(0, 255) : -1;
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        if (padding >= 0) {
            payload.write(padding);
        }
        payload.write(content, from, length);
        payload.writeBytes(new byte[Math.max(padding, 0)]);
        add(DATA, (last ? END_STREAM : 0) | (padding >= 0 ? PADDED : 0), payload.toByteArray(), last);
    }

    private void add(int type, int flags, byte[] payload, boolean ends) {
        boolean whole = ends && exchange.request.isWhole();
        boolean trailers = type == HEADERS && !frames.isEmpty();
        int flow = type == DATA ? payload.length : 0;
        frames.add(new Frame(Http2Frames.frame(type, flags, id, payload), flow, whole, trailers));
    }

    /** Whether it has a request that will never be whole, and whose answer may never come. */
    boolean stalls() {
        RequestPlan plan = exchange.request;
        return plan.end() == End.CLOSE || (plan.end() == End.WAIT && !plan.isWhole());
    }
}
