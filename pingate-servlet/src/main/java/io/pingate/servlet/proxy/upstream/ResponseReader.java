package io.pingate.servlet.proxy.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Reads responses off a connection's bytes, with Jetty's parser, and says what it has come upon. */
final class ResponseReader implements HttpParser.ResponseHandler {
    /** What CONTRACT promises each way is 32 KiB; what is around the fields comes on top. */
    private static final int MAX_HEAD_BYTES = 40 * 1024;

    /** What was come upon. */
    enum Event {
        HEAD,
        CONTENT,
        END,
        FAILURE
    }

    private final HttpParser parser = new HttpParser(this, MAX_HEAD_BYTES, HttpCompliance.RFC7230);
    private HttpFields.Mutable fields = HttpFields.build();
    private HttpFields.Mutable trailers = HttpFields.build();
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private boolean toHead;
    private int status;
    private boolean begun;
    private boolean inputEnded;
    private @Nullable Event event;
    private boolean ended;
    private @Nullable ByteBuffer content;
    private volatile @Nullable Throwable failure;

    ResponseReader() {
        // Else a value that was seen before on this connection, maybe another user's, comes out in its place.
        parser.setHeaderCacheCaseSensitive(true);
        parser.setHeaderCacheSize(0);
    }

    /** Prepares for the responses to a request. */
    void expect(String method) {
        toHead = method.equals("HEAD");
        begun = false;
        next();
    }

    /** Prepares for the response behind an interim one. */
    void next() {
        parser.reset();
        fields = HttpFields.build();
        trailers = HttpFields.build();
        event = null;
        ended = false;
    }

    /** Parses on; true when there is an event to {@link #take}. */
    boolean parse(ByteBuffer bytes) {
        if (event == null && failure == null) {
            parser.parseNext(bytes);
            begun |= !parser.isStart() && !parser.isClosed();
        }
        return event != null || failure != null;
    }

    Event take() {
        Event taken = failure == null ? event : Event.FAILURE;
        event = null;
        if (taken == null) {
            throw new IllegalStateException("nothing was come upon");
        }
        ended |= taken == Event.END;
        return taken;
    }

    void inputEnded() {
        inputEnded = true;
        parser.atEOF();
    }

    void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    boolean isFailed() {
        return failure != null;
    }

    Throwable failure() {
        Throwable cause = failure;
        return cause == null ? new IOException("given up") : cause;
    }

    /** Whether a byte has come that answers the request, be it of an interim response. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the end was taken. */
    boolean isEnded() {
        return ended;
    }

    int status() {
        return status;
    }

    boolean isInterim() {
        return status < 200 && status != 101;
    }

    HttpFields fields() {
        return fields;
    }

    HttpFields trailers() {
        return trailers;
    }

    ByteBuffer content() {
        ByteBuffer piece = content;
        content = null;
        if (piece == null) {
            throw new IllegalStateException("no content");
        }
        return piece;
    }

    /** Whether the response has ended by its own framing, and the upstream keeps the connection (RFC 9112, section 9.3). */
    boolean isReusable() {
        if (!ended || inputEnded || failure != null) {
            return false;
        }
        boolean close = false;
        boolean keepAlive = false;
        for (String option : fields.getCSV(HttpHeader.CONNECTION, false)) {
            close |= option.toLowerCase(Locale.ROOT).equals("close");
            keepAlive |= option.toLowerCase(Locale.ROOT).equals("keep-alive");
        }
        return !close && (version == HttpVersion.HTTP_1_1 || keepAlive);
    }

    @Override
    public void startResponse(HttpVersion httpVersion, int code, @Nullable String reason) {
        version = httpVersion;
        status = code;
        parser.setHeadResponse(toHead && !isInterim());
    }

    @Override
    public void parsedHeader(HttpField field) {
        fields.add(field);
    }

    /** Any coding but this one would be dropped with the head and stay on the body (RFC 9112, section 6.1). */
    @Override
    public boolean headerComplete() {
        if (isPlainOrChunked()) {
            event = Event.HEAD;
        } else {
            fail(new IOException("a transfer coding that was not asked for"));
        }
        return true;
    }

    private boolean isPlainOrChunked() {
        for (HttpField field : fields) {
            if (field.getHeader() == HttpHeader.TRANSFER_ENCODING && !"chunked".equalsIgnoreCase(field.getValue())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean content(ByteBuffer piece) {
        content = piece;
        event = Event.CONTENT;
        return true;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public void parsedTrailer(HttpField field) {
        trailers.add(field);
    }

    /**
     * Jetty takes the end of the input for the end of the trailers, of which any number may be missing then. Nothing that
     * is framed by chunks ends like this (RFC 9112, section 7.1).
     */
    @Override
    public boolean messageComplete() {
        if (inputEnded && fields.contains(HttpHeader.TRANSFER_ENCODING)) {
            earlyEOF();
        } else {
            event = Event.END;
        }
        return true;
    }

    @Override
    public void earlyEOF() {
        fail(new EOFException("the upstream has broken the response off"));
    }

    @Override
    public void badMessage(HttpException problem) {
        fail(new IOException("the upstream's response can't be read: " + problem.getReason(), (Throwable) problem));
    }
}
