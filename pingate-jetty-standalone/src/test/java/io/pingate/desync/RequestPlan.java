package io.pingate.desync;

/**
 * What a client does in one exchange.
 *
 * @param id in the target, in a field, in the body
 * @param http2 whether its client speaks HTTP/2
 * @param signedIn whether it has the cookie
 * @param payload what the body would be in full
 * @param declared the Content-Length it gives, or -1
 * @param chunkMost the largest chunk or DATA frame, 0 where the body is not cut into such
 * @param sent how much of the payload it sends
 * @param end how it ends
 * @param expects whether it waits for a 100 (Continue)
 * @param trailers whether forged trailers follow the body
 * @param forges whether its head claims an identity, as a text to put in
 * @param closes whether it says {@code Connection: close}
 * @param garbage what follows it on the connection without being a request of the plan's, or ""
 * @param pace how it sends
 */
record RequestPlan(
        String id,
        boolean http2,
        String method,
        String target,
        boolean isPublic,
        boolean signedIn,
        Payload payload,
        int declared,
        int chunkMost,
        int sent,
        End end,
        boolean expects,
        boolean trailers,
        String forges,
        boolean closes,
        String garbage,
        Pace pace) {

    /** What happens when all is sent that is going to be. */
    enum End {
        /** It waits for the answer; with an unfinished body, only for a while. */
        WAIT,
        CLOSE,
        RESET,
        HALF_CLOSE,
        /** A chunk that is none. */
        BROKEN,
        /** HTTP/2: END_STREAM before the declared length is reached. */
        SHORT,
        /** HTTP/2: the same with trailers. */
        SHORT_TRAILERS,
        /** HTTP/2: END_STREAM on a head that declares a length. */
        HEAD_ONLY,
        /** HTTP/2: more than was declared. */
        LONG
    }

    /**
     * In pieces of which size, and how long between them.
     *
     * @param most the largest piece
     */
    record Pace(int most, int pauseMicros) {
        static final Pace AT_ONCE = new Pace(Integer.MAX_VALUE, 0);

        @Override
        public String toString() {
            return most == Integer.MAX_VALUE ? "at once" : "by " + most + " every " + pauseMicros + " us";
        }
    }

    @Override
    public String toString() {
        return (http2 ? "HTTP/2 " : "HTTP/1.1 ") + method + " " + target + (signedIn ? " with cookie" : "")
                + ", body of "
                + payload + ", declared " + declared + ", chunks of " + chunkMost + ", sent " + sent + ", then " + end
                + (expects ? ", expects 100" : "") + (trailers ? ", trailers" : "") + (closes ? ", closes" : "")
                + (forges.isEmpty() ? "" : ", forges") + (garbage.isEmpty() ? "" : ", more behind it") + ", " + pace;
    }

    boolean hasBody() {
        return declared >= 0 || chunkMost > 0;
    }

    /** Whether its body comes to its end. */
    boolean isWhole() {
        return switch (end) {
            case WAIT, CLOSE, RESET, HALF_CLOSE -> sent == payload.length();
            case BROKEN, SHORT, SHORT_TRAILERS, HEAD_ONLY, LONG -> false;
        };
    }

    /** Whether an upstream may ever see its end: of a body too long, the declared part may have passed. */
    boolean mayComplete() {
        return isWhole() || end == End.LONG;
    }

    /** How much the upstream may see at most. */
    int most() {
        return declared >= 0 ? declared : payload.length();
    }

    boolean mayPass() {
        return isPublic || signedIn;
    }

    /** Whether it may be sent a second time after a connection that died unanswered (RFC 9110 section 9.2.2). */
    boolean isRepeatable() {
        return !method.equals("POST") && !method.equals("PATCH") && payload.length() == 0;
    }

    /** Whether it is plain: nothing in it gives anybody a reason not to answer. */
    boolean isPlain() {
        return isWhole() && (end == End.WAIT || end == End.HALF_CLOSE);
    }
}
