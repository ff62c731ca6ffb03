package io.pingate.desync;

/** The ways in which a byte can be wrong. */
public enum Breach {
    /** What came on an upstream connection where a request belongs is none. */
    NO_REQUEST("bytes that are no request"),
    /** A well-formed request that no client of the hunt has made. */
    NOBODYS_REQUEST("a request that nobody made"),
    WITHOUT_COOKIE("a private path without a cookie"),
    FORGED("an identity that the gate did not give"),
    /** Request bytes that are not those that its client sent. */
    FOREIGN_BYTES("bytes of something else within a request's body"),
    FALSE_END("an end of the body that its client did not send"),
    BAD_FRAMING("a request framed otherwise than its client's"),
    /** Behind an answer that went on, or that was announced as the last. */
    USED_AGAIN("a request on a connection that is not to be used again"),
    TWICE("a request sent twice that may have been done already"),
    /** Another one's answer, or one made of nothing. */
    NOT_ITS_ANSWER("an answer to another request"),
    WRONG_ANSWER_BYTES("bytes in an answer that the upstream did not write for it"),
    CUT_LOOKS_WHOLE("an answer that was cut short and looks complete"),
    BAD_ANSWER("an answer that is not well-formed"),
    ANSWER_TO_NOTHING("bytes behind the last answer"),
    /** The gate's own answer where it had no reason to give one. */
    INVENTED("an answer of the gate's own, without a reason"),
    LOST("no answer, without a reason"),
    LET_IN("a stranger's private request that was not refused"),
    STUCK("an end that neither goes on nor is told");

    final String words;

    Breach(String words) {
        this.words = words;
    }
}
