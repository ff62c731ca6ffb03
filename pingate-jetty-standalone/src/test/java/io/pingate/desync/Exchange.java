package io.pingate.desync;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One exchange: its plan, and what both ends have done of it so far. */
final class Exchange {
    final RequestPlan request;
    final AnswerPlan answer;

    /** The client begins to send it; set before the first byte is out, as all of these. */
    volatile boolean begun;
    /** The last byte of the client's body is on its way. */
    volatile boolean bodyComplete;
    /** The client has left before its answer, or is about to. */
    volatile boolean left;
    /** Its client has closed its sending half, maybe in a later exchange. */
    volatile boolean halfClosed;
    /** Something was found on its upstream connection, which has been closed for that. */
    volatile boolean spoilt;
    /** How many upstream connections it came in on. */
    final AtomicInteger arrivals = new AtomicInteger();
    /** The upstream's final head is on its way, on a connection that will not be reset. */
    volatile boolean answered;
    /** How much of the answer's body is on its way, as it is framed. */
    volatile int answerWritten;
    /** The last byte of the answer is on its way. */
    volatile boolean answerComplete;
    /** Whether a close behind what is written cannot undo it. */
    volatile boolean lossless;
    /** When the client began, in nanoseconds. */
    volatile long start;

    /** Those that its client began before on the same connection. */
    final List<Exchange> before;

    Exchange(RequestPlan request, AnswerPlan answer, List<Exchange> before) {
        this.request = request;
        this.answer = answer;
        this.before = List.copyOf(before);
    }

    /** With those before it. */
    String story() {
        StringBuilder story = new StringBuilder(toString());
        for (Exchange exchange : before) {
            story.append("\n    before on its client's connection: ").append(exchange);
        }
        return story.toString();
    }

    /** Nothing in it gives the gate a reason for any answer but the upstream's. */
    boolean isPlain() {
        return !spoilt && request.isPlain() && request.mayPass() && answer.isPlain();
    }

    /** What findings of one kind have in common. */
    String kind() {
        return (request.http2() ? "h2 " : "h1 ")
                + request.end()
                + (request.isWhole() ? "" : " unfinished")
                + (halfClosed ? " half-closed" : "")
                + (answer.isEarly() ? " early" : "")
                + (answer.cut() == AnswerPlan.Cut.NO ? "" : " cut:" + answer.cut())
                + (answer.framing() == AnswerPlan.Framing.UNTIL_CLOSE && answer.cut() == AnswerPlan.Cut.RESET
                        ? " until-close"
                        : "")
                + (request.closes() ? " closes" : "")
                + (request.trailers() && request.http2() ? " trailers" : "")
                + (answer.then() == AnswerPlan.Then.EXCESS ? " excess" : "");
    }

    @Override
    public String toString() {
        return request + "\n    " + answer + "\n    begun=" + begun + " bodyComplete=" + bodyComplete + " left=" + left
                + (halfClosed ? " halfClosed" : "") + (spoilt ? " spoilt" : "")
                + " arrivals=" + arrivals + " answered=" + answered + " answerWritten=" + answerWritten
                + " answerComplete=" + answerComplete;
    }
}
