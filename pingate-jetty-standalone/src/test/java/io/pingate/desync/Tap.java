package io.pingate.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one side of a socket, by the letter of RFC 9112, and remembers the last bytes. */
final class Tap {
    /** The other end has broken the connection off in a way that a program can see. */
    static final class ResetException extends IOException {
        private static final long serialVersionUID = 1;

        ResetException(SocketException cause) {
            super("reset", cause);
        }
    }

    /** Bytes that the grammar does not know. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    private static final int LONGEST_LINE = 4_096;
    private static final int REMEMBERED = 16 * 1024;
    private static final int SHOWN = 1_500;
    private static final Pattern REPEATED = Pattern.compile("(\\\\r\\\\n){4,}");

    private final Socket socket;
    private final byte[] buffer = new byte[REMEMBERED];
    private int next;
    private int filled;
    private long total;

    Tap(Socket socket) {
        this.socket = socket;
    }

    /** The next byte, left where it is; -1 at the end. */
    int peek() throws IOException {
        return next == filled && fill() < 0 ? -1 : buffer[next] & 0xFF;
    }

    /** Whether something is there to be read right now. */
    boolean hasBytes() throws IOException {
        return next < filled || socket.getInputStream().available() > 0;
    }

    /** A line without its end, which is CR LF and nothing else. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int read = byteOrEnd();
            if (read == '\r') {
                if (byteOrEnd() != '\n') {
                    throw new MalformedException("a bare CR in a line");
                }
                return line.toString();
            }
            if (read == '\n' || line.length() >= LONGEST_LINE) {
                throw new MalformedException("a bare LF or a line without end");
            }
            line.append((char) read);
        }
    }

    /** At least one byte; -1 at the end. */
    int read(byte[] into, int most) throws IOException {
        if (peek() < 0) {
            return -1;
        }
        int some = Math.min(most, filled - next);
        System.arraycopy(buffer, next, into, 0, some);
        next += some;
        return some;
    }

    int byteOrEnd() throws IOException {
        int read = peek();
        if (read < 0) {
            throw new EOFException("closed");
        }
        next++;
        return read;
    }

    private int fill() throws IOException {
        if (filled == buffer.length) {
            // What was read last stays: a finding shows it.
            System.arraycopy(buffer, REMEMBERED / 2, buffer, 0, REMEMBERED / 2);
            filled = REMEMBERED / 2;
            next = filled;
        }
        int read;
        try {
            read = socket.getInputStream().read(buffer, filled, buffer.length - filled);
        } catch (SocketException e) {
            throw new ResetException(e);
        }
        filled += Math.max(read, 0);
        total += Math.max(read, 0);
        return read;
    }

    /** How many bytes were taken from this connection. */
    long consumed() {
        return total - (filled - next);
    }

    /** The last bytes up to where reading is, and those behind it, in letters. */
    String shown() {
        int from = Math.max(0, next - SHOWN);
        return "(" + total + " bytes on this connection) ..." + letters(buffer, from, next) + " >>HERE>> "
                + letters(buffer, next, Math.min(filled, next + SHOWN));
    }

    static String letters(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (char c : new String(bytes, from, Math.max(0, to - from), ISO_8859_1).toCharArray()) {
            switch (c) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                default ->
                    text.append(
                            c < ' ' || c > '~'
                                    ? "\\x" + Integer.toHexString(0x100 + c).substring(1)
                                    : c);
            }
        }
        return REPEATED.matcher(text).replaceAll(Tap::counted);
    }

    private static String counted(java.util.regex.MatchResult run) {
        return Matcher.quoteReplacement("(\\r\\n)x" + run.group().length() / 4);
    }
}
