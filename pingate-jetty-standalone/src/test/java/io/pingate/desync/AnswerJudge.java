package io.pingate.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows what a client may be told in one exchange, whichever version of HTTP brings it. */
final class AnswerJudge implements Body.Listener {
    /** How long the gate waits for the upstream's head in a hunt. */
    static final int UPSTREAM_TIMEOUT_SECONDS = 3;

    private static final List<Integer> CLIENTS_FAULT = List.of(400, 408, 411, 413, 417, 431, 501, 505);
    private static final Pattern SOMEBODY = Pattern.compile("[qa][0-9]{8}-[0-9a-f]{4}");

    private final Exchange exchange;
    private final Ledger ledger;
    /** Whether all that the client has sent before on its connection gave no reason to close it. */
    private final boolean inOrder;

    private final StringBuilder own = new StringBuilder();
    private byte[] expected = new byte[0];
    private int status;
    private boolean isUpstreams;
    private boolean isUntilClose;
    private int at;

    AnswerJudge(Exchange exchange, boolean inOrder, Ledger ledger) {
        this.exchange = exchange;
        this.inOrder = inOrder;
        this.ledger = ledger;
    }

    /** A head, an interim one too. */
    void head(int code, Fields fields) throws BreachException {
        List<String> ids = fields.all("x-desync-answer");
        String id = exchange.request.id();
        if (!ids.isEmpty() && !ids.equals(List.of(id))) {
            throw new BreachException(Breach.NOT_ITS_ANSWER, "status " + code + " for " + ids + " in place of " + id);
        }
        if (code < 200) {
            interim(code);
            return;
        }
        status = code;
        isUpstreams = !ids.isEmpty();
        if (isUpstreams) {
            upstreams(code);
        } else {
            gates(code);
        }
    }

    private void interim(int code) throws BreachException {
        if (code != 100 && !exchange.answer.interims().contains(code)) {
            throw new BreachException(Breach.NOT_ITS_ANSWER, "interim " + code);
        }
        ledger.count("interim answers " + code);
    }

    private void upstreams(int code) throws BreachException {
        if (!exchange.request.mayPass()) {
            throw new BreachException(Breach.LET_IN, "status " + code);
        }
        if ((code != exchange.answer.status() && !isBadRequest(code)) || exchange.arrivals.get() == 0) {
            throw new BreachException(Breach.NOT_ITS_ANSWER, "status " + code);
        }
        if (exchange.answer.framing() != AnswerPlan.Framing.NONE
                && !exchange.request.method().equals("HEAD")) {
            expected = exchange.answer.payload().bytes();
        }
    }

    /** Tomcat may come upon the client's fault with the upstream's head already in its hands. */
    private boolean isBadRequest(int code) {
        return code == 400 && !exchange.request.isWhole();
    }

    private void gates(int code) throws BreachException {
        RequestPlan request = exchange.request;
        boolean reason =
                switch (code) {
                    case 401 -> !request.mayPass();
                    case 502 -> exchange.spoilt || !exchange.answer.isPlain() || !request.isWhole() || isStale();
                    case 504 ->
                        System.nanoTime() - exchange.start > (UPSTREAM_TIMEOUT_SECONDS * 1_000L - 200) * 1_000_000L;
                    default -> CLIENTS_FAULT.contains(code) && !request.isWhole();
                };
        if (!reason) {
            throw new BreachException(Breach.INVENTED, "status " + code);
        }
        ledger.count("answers of the gate's own: " + code);
    }

    /** Its upstream connection may have been closed before it was there, by nobody's fault. */
    private boolean isStale() {
        return exchange.arrivals.get() == 0 && ledger.closedUnsaidSince(exchange.start);
    }

    /** For an answer whose end is its connection's. */
    void untilClose() {
        isUntilClose = true;
    }

    @Override
    public void content(byte[] bytes, int length) throws BreachException {
        if (!isUpstreams) {
            own.append(new String(bytes, 0, length, ISO_8859_1));
            return;
        }
        int wrong = Payload.difference(expected, at, bytes, length);
        if (wrong >= 0) {
            throw new BreachException(
                    Breach.WRONG_ANSWER_BYTES,
                    "from byte " + (at + wrong) + " on: " + Tap.letters(bytes, wrong, Math.min(length, wrong + 200)));
        }
        at += length;
    }

    /** The answer has ended in a way that tells a client that it is whole. */
    @Override
    public void end(Fields trailers) throws BreachException {
        if (!isUpstreams) {
            ownEnd();
            return;
        }
        AnswerPlan plan = exchange.answer;
        boolean bodyless = plan.framing() == AnswerPlan.Framing.NONE
                || exchange.request.method().equals("HEAD");
        boolean whole = bodyless || (at == plan.payload().length() && exchange.answerComplete);
        if (!whole && plan.framing() == AnswerPlan.Framing.UNTIL_CLOSE && plan.cut() != AnswerPlan.Cut.RESET) {
            whole = !exchange.lossless || at == exchange.answerWritten;
        }
        if (!whole) {
            throw new BreachException(
                    Breach.CUT_LOOKS_WHOLE,
                    "at " + at + " of " + plan.payload().length() + (isUntilClose ? ", ended by a close" : ""));
        }
        ledger.count("answers whole");
    }

    private void ownEnd() throws BreachException {
        Matcher somebody = SOMEBODY.matcher(own);
        while (somebody.find()) {
            if (!somebody.group().equals(exchange.request.id())) {
                throw new BreachException(Breach.WRONG_ANSWER_BYTES, own.toString());
            }
        }
    }

    /** The connection or stream has ended within the answer, or in place of it. */
    void cut() throws BreachException {
        if (exchange.left) {
            ledger.count("answers not waited for");
            return;
        }
        if (inOrder && exchange.isPlain() && !isStale()) {
            throw new BreachException(
                    Breach.LOST,
                    status == 0
                            ? "before its head"
                            : "at " + at + " of " + exchange.answer.payload().length());
        }
        boolean early = exchange.answer.isEarly() && exchange.answer.cut() == AnswerPlan.Cut.NO;
        ledger.count(early ? "early answers lost or cut" : "answers cut");
    }

    /** Whether it is an answer behind which the connection may be closed: the gate's own, maybe with a body unread. */
    boolean isFailure() {
        return !isUpstreams && status >= 400;
    }

    boolean isHeadOnly() {
        return exchange.request.method().equals("HEAD") || status < 200 || status == 204 || status == 304;
    }
}
