package io.pingate.desync;

import io.pingate.desync.Tap.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.util.regex.Pattern;

/** A body on the wire, read piece by piece, in either direction. */
final class Body {
    /** Hears of every piece, as soon as it is there, and of the end. */
    interface Listener {
        void content(byte[] bytes, int length) throws BreachException;

        void end(Fields trailers) throws BreachException;
    }

    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,7})[ \t]*(;.*)?");

    private final Tap tap;
    private final AnswerPlan.Framing framing;
    private final Listener listener;
    private final byte[] buffer = new byte[8 * 1024];
    private long left;
    private boolean ended;
    private boolean inChunk;

    Body(Tap tap, Fields head, boolean isAnswer, Listener listener) throws IOException {
        this.tap = tap;
        this.listener = listener;
        int length = head.contentLength();
        if (head.isChunked()) {
            framing = AnswerPlan.Framing.CHUNKED;
        } else if (length >= 0) {
            framing = AnswerPlan.Framing.LENGTH;
            left = length;
        } else {
            framing = isAnswer ? AnswerPlan.Framing.UNTIL_CLOSE : AnswerPlan.Framing.NONE;
        }
    }

    /** Before the first piece: a body may be at its end already. */
    void begin() throws BreachException {
        if (framing == AnswerPlan.Framing.NONE || (framing == AnswerPlan.Framing.LENGTH && left == 0)) {
            end(new Fields());
        }
    }

    AnswerPlan.Framing framing() {
        return framing;
    }

    boolean ended() {
        return ended;
    }

    /**
     * Some of it.
     *
     * @throws EOFException when the connection ends before the body does
     */
    void readSome(int most) throws IOException, BreachException {
        switch (framing) {
            case LENGTH -> {
                content(most);
                if (left == 0) {
                    end(new Fields());
                }
            }
            case CHUNKED -> chunk(most);
            case UNTIL_CLOSE -> {
                if (tap.peek() < 0) {
                    end(new Fields());
                } else {
                    left = Integer.MAX_VALUE;
                    content(most);
                }
            }
            case NONE -> throw new IllegalStateException("there is none");
        }
    }

    private void chunk(int most) throws IOException, BreachException {
        if (!inChunk) {
            String line = tap.line();
            var matcher = CHUNK.matcher(line);
            if (!matcher.matches()) {
                throw new MalformedException("no chunk: " + line);
            }
            left = Integer.parseInt(matcher.group(1), 16);
            inChunk = left > 0;
            if (left == 0) {
                end(Fields.read(tap));
            }
            return;
        }
        content(most);
        if (left == 0) {
            inChunk = false;
            if (!tap.line().isEmpty()) {
                throw new MalformedException("no CRLF behind a chunk");
            }
        }
    }

    private void content(int most) throws IOException, BreachException {
        int read = tap.read(buffer, (int) Math.min(Math.min(most, buffer.length), left));
        if (read < 0) {
            throw new EOFException("closed within the body");
        }
        left -= read;
        listener.content(buffer, read);
    }

    private void end(Fields trailers) throws BreachException {
        ended = true;
        listener.end(trailers);
    }
}
