package io.pingate.desync;

import java.util.List;

/**
 * What the upstream does in one exchange.
 *
 * @param readFirst how much of the body it reads before it answers
 * @param readPace how it reads
 * @param interims interim answers before that
 * @param framing how its body is framed
 * @param interleaved whether it reads the rest of the request in the middle of its answer
 * @param pace how it writes
 * @param cut whether it breaks off
 * @param cutAt where, in per mille of the answer's bytes
 * @param then what it does behind the answer
 * @param drains whether it reads what is left of the request after an early answer, as a good server does
 */
record AnswerPlan(
        int status,
        Payload payload,
        int readFirst,
        RequestPlan.Pace readPace,
        List<Integer> interims,
        Framing framing,
        boolean interleaved,
        boolean trailers,
        RequestPlan.Pace pace,
        Cut cut,
        int cutAt,
        Then then,
        boolean drains) {

    static final int ALL = Integer.MAX_VALUE;

    enum Framing {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE,
        NONE
    }

    enum Cut {
        NO,
        CLOSE,
        RESET,
        /** It reads on and never answers. */
        SILENCE
    }

    enum Then {
        KEEP,
        /** Says that it closes, and does. */
        CLOSE,
        /** Says that it closes, and leaves that to the gate. */
        SAY_CLOSE,
        /** Closes without a word, as a server does whose patience is at an end. */
        CLOSE_UNSAID,
        /** Bytes follow that nobody has asked for: an answer to nobody. */
        EXCESS
    }

    @Override
    public String toString() {
        return "upstream reads " + (readFirst == ALL ? "all" : readFirst) + " " + readPace + ", interim " + interims
                + ", answers " + status + " with " + payload + " " + framing + " " + pace
                + (interleaved ? ", reads on in between" : "")
                + (cut == Cut.NO ? "" : ", cut by " + cut + " at " + cutAt + " per mille") + ", then " + then
                + (drains ? ", reads the rest" : ", does not read the rest");
    }

    boolean isEarly() {
        return readFirst != ALL;
    }

    /** Whether it is an answer as every client may expect it, given behind the whole request. */
    boolean isPlain() {
        return cut == Cut.NO && then != Then.EXCESS && readFirst == ALL;
    }
}
