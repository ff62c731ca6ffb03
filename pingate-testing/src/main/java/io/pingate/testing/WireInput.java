package io.pingate.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pingate.testing.WireBody.Framing;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Reads one side of a socket. Silence longer than the usual deadline is a {@link SocketTimeoutException}. */
public final class WireInput {
    private static final int MAX_HEAD_BYTES = 128 * 1024;

    private final Socket socket;
    private InputStream stream;
    private final byte[] buffer = new byte[16 * 1024];
    private int next;
    private int filled;

    public WireInput(Socket socket) throws SocketException {
        this.socket = socket;
        within(Deadline.USUAL);
    }

    /** How long a silence may be from here on. */
    public void within(Duration patience) throws SocketException {
        socket.setSoTimeout((int) patience.toMillis());
    }

    /** Up to and including the empty line. */
    public WireHead head() throws IOException {
        return new WireHead(until("\r\n\r\n"));
    }

    public String until(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < end.length() || text.indexOf(end, text.length() - end.length()) < 0) {
            int read = read();
            if (read < 0) {
                throw new EOFException("the connection ended after: " + text);
            }
            if (text.length() >= MAX_HEAD_BYTES) {
                throw new IOException("no end of the head in sight: " + text.substring(0, 200));
            }
            text.append((char) read);
        }
        return text.toString();
    }

    public String exactly(int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
        if (copy(length, bytes) < length) {
            throw new EOFException("the connection ended after: " + bytes.toString(ISO_8859_1));
        }
        return bytes.toString(ISO_8859_1);
    }

    public String toTheEnd() throws IOException {
        return untilClose().text();
    }

    /** Up to an end in good order: a reset is a {@link SocketException}. */
    public String rest() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        do {
            bytes.write(buffer, next, filled - next);
            next = filled;
        } while (fill() >= 0);
        return bytes.toString(ISO_8859_1);
    }

    /** Waits that long for the end of the connection, a reset too; whatever comes meanwhile is read and forgotten. */
    public boolean endsWithin(Duration patience) throws IOException {
        within(patience);
        try {
            do {
                next = filled;
            } while (fillOrReset() >= 0);
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } finally {
            within(Deadline.USUAL);
        }
    }

    /** Whether the other side has closed its half (or reset the connection) and nothing is left to read. */
    public boolean ended() throws IOException {
        try {
            return next == filled && fill() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Whether the other side resets the connection, behind whatever it still sends. */
    public boolean endsByReset() throws IOException {
        try {
            while (fill() >= 0) {
                next = filled;
            }
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** The body of a response to a request by that method (RFC 9112 section 6.3). */
    public WireBody responseBody(WireHead head, boolean answersHead) throws IOException {
        int status = head.status();
        if (answersHead || status < 200 || status == 204 || status == 304) {
            return WireBody.NONE;
        }
        return head.isChunked() || head.has("Content-Length") ? framedBody(head) : untilClose();
    }

    public WireBody framedBody(WireHead head) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return framedBody(head, bytes).withText(bytes.toString(ISO_8859_1));
    }

    /** For bodies too large to keep: the content goes to the sink, the result says how it was framed. */
    public WireBody framedBody(WireHead head, OutputStream sink) throws IOException {
        if (head.isChunked()) {
            return chunks(sink);
        }
        long length = Long.parseLong(head.first("Content-Length").orElse("-1"));
        if (length < 0) {
            return WireBody.NONE;
        }
        return new WireBody("", Framing.LENGTH, copy(length, sink) == length, "");
    }

    /**
     * The content of one chunk; "" is the last one, whose trailers are still to be read. The line end behind a chunk may
     * come with the next one.
     */
    public String chunk() throws IOException {
        String line = until("\r\n");
        int size = sizeIn(line.equals("\r\n") ? until("\r\n") : line);
        return size == 0 ? "" : exactly(size);
    }

    /** The content of one chunk that must have its line end with it. */
    public String wholeChunk() throws IOException {
        String content = exactly(sizeIn(until("\r\n")));
        String end = exactly(2);
        if (!end.equals("\r\n")) {
            throw new IOException("no line end behind a chunk: " + end);
        }
        return content;
    }

    private WireBody chunks(OutputStream sink) throws IOException {
        try {
            for (int size = sizeIn(until("\r\n")); size > 0; size = sizeIn(until("\r\n"))) {
                if (copy(size, sink) < size) {
                    return new WireBody("", Framing.CHUNKED, false, "");
                }
                until("\r\n");
            }
            StringBuilder trailers = new StringBuilder();
            for (String line = until("\r\n"); !line.equals("\r\n"); line = until("\r\n")) {
                trailers.append(line);
            }
            return new WireBody("", Framing.CHUNKED, true, trailers.toString());
        } catch (EOFException e) {
            return new WireBody("", Framing.CHUNKED, false, "");
        }
    }

    private WireBody untilClose() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(Long.MAX_VALUE, bytes);
        return new WireBody(bytes.toString(ISO_8859_1), Framing.UNTIL_CLOSE, true, "");
    }

    private static int sizeIn(String line) {
        return Integer.parseInt(line.split("[;\r]", 2)[0].strip(), 16);
    }

    /** Less than asked for when the connection ends before. */
    public long copy(long length, OutputStream sink) throws IOException {
        long copied = 0;
        while (copied < length) {
            if (next == filled && fillOrReset() < 0) {
                return copied;
            }
            int some = (int) Math.min(length - copied, filled - next);
            sink.write(buffer, next, some);
            next += some;
            copied += some;
        }
        return copied;
    }

    private int read() throws IOException {
        if (next == filled && fillOrReset() < 0) {
            return -1;
        }
        return buffer[next++] & 0xff;
    }

    /** A reset ends a body as much as a close does. */
    private int fillOrReset() throws IOException {
        try {
            return fill();
        } catch (SocketException e) {
            return -1;
        }
    }

    private int fill() throws IOException {
        if (stream == null) {
            // Once: a socket of TLS that has closed by itself gives no other, and says nothing of the end then.
            stream = socket.getInputStream();
        }
        int read = stream.read(buffer);
        next = 0;
        filled = Math.max(read, 0);
        return read;
    }
}
