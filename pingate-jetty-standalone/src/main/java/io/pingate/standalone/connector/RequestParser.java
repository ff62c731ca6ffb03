package io.pingate.standalone.connector;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's parser, told when a head begins, and stricter with the request line, in which there is one space before the target
 * and one behind it (RFC 9112 section 3): Jetty passes over any number of them, where others may see an empty target. It is
 * stricter with trailers, too: Jetty takes the connection's end for theirs, however many are missing (RFC 9112 section 7.1).
 */
final class RequestParser extends HttpParser {
    private static final Set<State> REQUEST_LINE = EnumSet.range(State.START, State.REQUEST_VERSION);

    /**
     * Where a connection must not end. Of a head that it ends in, Jetty makes a request that is answered with 400, each
     * by a thread started for it: thousands of clients that leave at once would start thousands.
     */
    private static final Set<State> BROKEN_OFF = brokenOff();

    private final HttpParser.@Nullable RequestHandler handler;
    private final Runnable whenHeadBegins;
    private byte last;

    RequestParser(
            HttpParser.@Nullable RequestHandler handler,
            int maxHeadBytes,
            HttpCompliance compliance,
            Runnable whenHeadBegins) {
        super(handler, maxHeadBytes, compliance);
        this.handler = handler;
        this.whenHeadBegins = whenHeadBegins;
    }

    @Override
    public boolean parseNext(ByteBuffer buffer) {
        if (isStart() && buffer.hasRemaining()) {
            whenHeadBegins.run();
            // A line does not begin with one, either.
            last = ' ';
        }
        if (inRequestLine() && hasSpaces(buffer)) {
            BufferUtil.clear(buffer);
            badMessage(new HttpException.RuntimeException(400, "one space too many in the request line"));
            return false;
        }
        if (isAtEOF() && !buffer.hasRemaining() && BROKEN_OFF.contains(getState())) {
            brokeOff();
            return false;
        }
        return super.parseNext(buffer);
    }

    private void brokeOff() {
        setState(State.CLOSED);
        if (handler != null) {
            handler.earlyEOF();
        }
    }

    private static Set<State> brokenOff() {
        Set<State> states = EnumSet.range(State.METHOD, State.HEADER);
        states.add(State.TRAILER);
        return states;
    }

    private boolean inRequestLine() {
        return REQUEST_LINE.contains(getState());
    }

    /** Looks at the rest of the line as far as it is there. */
    private boolean hasSpaces(ByteBuffer buffer) {
        boolean begun = !isStart();
        for (int i = buffer.position(); i < buffer.limit(); i++) {
            byte next = buffer.get(i);
            if (next == '\r' || next == '\n') {
                if (begun) {
                    return false;
                }
                // Empty lines before the request line are passed over (RFC 9112 section 2.2).
                continue;
            }
            begun = true;
            if (next == ' ' && last == ' ') {
                return true;
            }
            last = next;
        }
        return false;
    }
}
