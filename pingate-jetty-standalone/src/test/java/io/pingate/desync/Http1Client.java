package io.pingate.desync;

import io.pingate.desync.RequestPlan.End;
import io.pingate.desync.Tap.MalformedException;
import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** One client connection of HTTP/1.1: its requests one after the other, or all at once. */
final class Http1Client {
    private final Socket socket;
    private final List<Exchange> exchanges;
    private final boolean pipelines;
    private final String cookie;
    private final Ledger ledger;
    private final Http1Answers answers;

    Http1Client(Socket socket, List<Exchange> exchanges, boolean pipelines, String cookie, Ledger ledger) {
        this.socket = socket;
        this.exchanges = exchanges;
        this.pipelines = pipelines;
        this.cookie = cookie;
        this.ledger = ledger;
        this.answers = new Http1Answers(socket, exchanges, ledger);
    }

    void run() throws IOException {
        try {
            int begun = 0;
            while (begun < exchanges.size() && !answers.over()) {
                Exchange exchange = exchanges.get(begun++);
                if (!send(exchange)) {
                    break;
                }
                if (!pipelines && exchange.request.end() == End.WAIT) {
                    answers.next();
                }
            }
            RequestPlan last = exchanges.get(begun - 1).request;
            if (leave(last.end())) {
                return;
            }
            while (answers.answered() < begun && !answers.over()) {
                answers.next();
            }
            answers.nothingMore(last);
        } catch (BreachException e) {
            found(e.breach, String.valueOf(e.getMessage()));
        } catch (MalformedException e) {
            found(Breach.BAD_ANSWER, String.valueOf(e.getMessage()));
        }
    }

    private void found(Breach breach, String what) {
        ledger.found(breach, what, answers.current(), answers.shown() + (pipelines ? "\npipelined" : ""));
    }

    /** False when the gate takes no more. */
    private boolean send(Exchange exchange) throws IOException {
        RequestPlan plan = exchange.request;
        Http1Request wire = new Http1Request(plan, cookie);
        exchange.start = System.nanoTime();
        exchange.begun = true;
        exchange.left = plan.end() == End.CLOSE || plan.end() == End.RESET;
        ledger.begun.incrementAndGet();
        int at = 0;
        try {
            if (plan.expects() && !pipelines) {
                at = write(exchange, wire, 0, wire.headLength);
                answers.await(Http1Answers.SHORT_PATIENCE_MILLIS);
            }
            write(exchange, wire, at, wire.bytes.length);
            return true;
        } catch (IOException e) {
            // Closed by the gate, which may have answered before that.
            ledger.count("sending ended by the gate");
            return false;
        }
    }

    private int write(Exchange exchange, Http1Request wire, int from, int to) throws IOException {
        RequestPlan.Pace pace = exchange.request.pace();
        for (int at = from; at < to; ) {
            int next = (int) Math.min(to, (long) at + pace.most());
            exchange.bodyComplete |= next >= wire.end;
            socket.getOutputStream().write(wire.bytes, at, next - at);
            at = next;
            AnswerScript.pause(pace);
        }
        return to;
    }

    /** Whether the client is gone, and waits for nothing. */
    private boolean leave(End end) throws IOException {
        if (end == End.RESET) {
            socket.setSoLinger(true, 0);
        } else if (end == End.HALF_CLOSE) {
            exchanges.forEach(exchange -> exchange.halfClosed = true);
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                ledger.count("connections that the gate had closed before the client's half-close");
            }
        }
        if (end == End.RESET || end == End.CLOSE) {
            for (Exchange exchange : exchanges) {
                exchange.left = true;
            }
            return true;
        }
        return false;
    }
}
