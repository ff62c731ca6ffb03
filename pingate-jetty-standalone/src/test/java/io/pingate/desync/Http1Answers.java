package io.pingate.desync;

import io.pingate.desync.RequestPlan.End;
import io.pingate.desync.Tap.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What comes back on a client's connection of HTTP/1.1, answer after answer. */
final class Http1Answers {
    /** How long a client waits for an answer that may not come, and for a 100 (Continue). */
    static final int SHORT_PATIENCE_MILLIS = 150;

    private static final int PATIENCE_MILLIS = 60_000;
    /** For the rest of an answer whose upstream may wait for the rest of the request. */
    private static final int STALLED_PATIENCE_MILLIS = 1_000;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9][0-9]) ?.*");

    private final Socket socket;
    private final List<Exchange> exchanges;
    private final Ledger ledger;
    private final Tap tap;
    private int answered;
    /** The gate has said that it closes, or has closed. */
    private boolean over;

    private boolean saidClose;
    /** Nothing so far gave the gate a reason to close. */
    private boolean inOrder = true;

    Http1Answers(Socket socket, List<Exchange> exchanges, Ledger ledger) {
        this.socket = socket;
        this.exchanges = exchanges;
        this.ledger = ledger;
        this.tap = new Tap(socket);
    }

    boolean over() {
        return over;
    }

    /** How many of the exchanges are done with. */
    int answered() {
        return answered;
    }

    /** The exchange that is not answered yet, or the last one. */
    Exchange current() {
        return exchanges.get(Math.min(answered, exchanges.size() - 1));
    }

    String shown() {
        return tap.shown();
    }

    /** Whether something comes in that time. */
    boolean await(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return tap.peek() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Reads the next one. */
    void next() throws IOException, BreachException {
        Exchange exchange = exchanges.get(answered);
        RequestPlan plan = exchange.request;
        AnswerJudge judge = new AnswerJudge(exchange, inOrder, ledger);
        boolean stalls = !plan.isWhole() && plan.end() == End.WAIT;
        try {
            if (stalls && !await(SHORT_PATIENCE_MILLIS) && !isAnswered(exchange)) {
                over = true;
                return;
            }
            // Decided once: it may be answered in the last moment of the short patience.
            stalls &= !isAnswered(exchange);
            socket.setSoTimeout(stalls ? STALLED_PATIENCE_MILLIS : PATIENCE_MILLIS);
            over = !read(judge);
            inOrder &= exchange.isPlain() && !(judge.isFailure() && plan.hasBody());
            answered++;
        } catch (SocketTimeoutException e) {
            over = true;
            if (!stalls) {
                throw new BreachException(Breach.STUCK, "nothing in " + PATIENCE_MILLIS + " ms");
            }
        } catch (EOFException | Tap.ResetException e) {
            over = true;
            judge.cut();
        }
    }

    /** Whether the upstream has answered, be the request at its end or not. */
    private static boolean isAnswered(Exchange exchange) {
        return exchange.answerComplete;
    }

    /** False when it is the connection's last. */
    private boolean read(AnswerJudge judge) throws IOException, BreachException {
        int status;
        Fields fields;
        do {
            if (tap.peek() < 0) {
                throw new EOFException("closed in place of an answer");
            }
            Matcher line = match(tap.line());
            status = Integer.parseInt(line.group(1));
            fields = Fields.read(tap);
            judge.head(status, fields);
        } while (status < 200);
        if (judge.isHeadOnly()) {
            judge.end(new Fields());
        } else {
            Body body = new Body(tap, fields, true, judge);
            body.begin();
            if (body.framing() == AnswerPlan.Framing.UNTIL_CLOSE) {
                judge.untilClose();
            }
            while (!body.ended()) {
                body.readSome(Integer.MAX_VALUE);
            }
        }
        saidClose = fields.has("connection", "close");
        return !saidClose;
    }

    private static Matcher match(String line) throws MalformedException {
        Matcher matcher = STATUS.matcher(line);
        if (!matcher.matches()) {
            throw new MalformedException("no status line: " + line);
        }
        return matcher;
    }

    /** Behind the last answer, a gate that has been asked for nothing has nothing to say. */
    void nothingMore(RequestPlan last) throws IOException, BreachException {
        boolean quiet = over || !last.garbage().isEmpty() || !last.isWhole() || last.closes();
        if (saidClose ? isThereMore() : !quiet && (isThereMore() || endsOddly())) {
            throw new BreachException(Breach.ANSWER_TO_NOTHING, "behind the last answer");
        }
    }

    private boolean isThereMore() throws IOException {
        try {
            return tap.hasBytes() && tap.peek() >= 0;
        } catch (Tap.ResetException e) {
            return false;
        }
    }

    private boolean endsOddly() throws IOException {
        try {
            socket.shutdownOutput();
            return await(1_000);
        } catch (IOException e) {
            return false;
        }
    }
}
