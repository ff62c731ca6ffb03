package io.pingate.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pingate.testing.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/** An HTTP/2 connection with prior knowledge, frame by frame (RFC 9113 section 6). */
final class WireHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final Socket socket;
    private final DataInputStream in;
    private final HpackDecoder decoder = new HpackDecoder(MAX_HEAD_BYTES, System::nanoTime);

    /** One frame as it came. */
    static final class Frame {
        private final int type;
        private final int flags;
        private final int stream;
        private final byte[] payload;

        private Frame(int type, int flags, int stream, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payload = payload;
        }

        int type() {
            return type;
        }

        int stream() {
            return stream;
        }

        byte[] payload() {
            return payload;
        }

        boolean ends() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        String text() {
            return new String(payload, ISO_8859_1);
        }

        /** The first four bytes as a number: a reset's error code. */
        int number() {
            return ByteBuffer.wrap(payload).getInt();
        }

        @Override
        public String toString() {
            return "frame of type " + type + ", flags " + flags + ", stream " + stream + ": " + text();
        }
    }

    WireHttp2(GateProcess gate) throws IOException {
        socket = gate.http2();
        socket.setSoTimeout((int) Deadline.USUAL.toMillis());
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(PREFACE.getBytes(ISO_8859_1));
        send(SETTINGS, 0, 0, new byte[0]);
    }

    /** Opens a stream, or ends it with trailers: name, value, name, value. */
    void headers(int stream, boolean last, String... fields) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            // Name and value as they are, in no table (RFC 7541 section 6.2.2).
            block.write(0);
            write(block, fields[i]);
            write(block, fields[i + 1]);
        }
        send(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, block.toByteArray());
    }

    void data(int stream, boolean last, byte[] bytes) throws IOException {
        send(DATA, last ? END_STREAM : 0, stream, bytes);
    }

    /** Lets the other side send that many bytes more, on a stream or, on 0, on the connection. */
    void open(int stream, int bytes) throws IOException {
        if (bytes > 0) {
            send(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
        }
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = payload.length;
        for (int b : new int[] {length >> 16, length >> 8, length, type, flags, 0, 0, stream >> 8, stream}) {
            out.write(b);
        }
        out.writeBytes(payload);
        synchronized (socket) {
            socket.getOutputStream().write(out.toByteArray());
        }
    }

    /** The next frame, whatever it is. */
    Frame next() throws IOException {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        Frame frame = new Frame(type, flags, stream, in.readNBytes(length));
        if (type == SETTINGS && (flags & ACK) == 0) {
            send(SETTINGS, ACK, 0, new byte[0]);
        }
        return frame;
    }

    /** The next frame that tells of that stream. */
    Frame next(int stream) throws IOException {
        Frame frame = next();
        while (frame.stream() != stream || frame.type() == WINDOW_UPDATE) {
            if (frame.type() == GOAWAY) {
                throw new EOFException("GOAWAY " + frame.text());
            }
            frame = next();
        }
        return frame;
    }

    /** The fields of a HEADERS frame; to be called for each one, since each changes the table of the next. */
    MetaData decode(Frame headers) throws HpackException {
        return decoder.decode(ByteBuffer.wrap(headers.payload()));
    }

    /** The status of the next HEADERS frame of that stream. */
    int status(int stream) throws IOException, HpackException {
        Frame frame = next(stream);
        if (frame.type() != HEADERS) {
            throw new IOException("not a head, but " + frame);
        }
        return ((MetaData.Response) decode(frame)).getStatus();
    }

    /** In HPACK a text without Huffman's code (RFC 7541 section 5.2). */
    private static void write(ByteArrayOutputStream out, String text) {
        int length = text.length();
        out.write(Math.min(length, 127));
        if (length >= 127) {
            length -= 127;
            while (length >= 128) {
                out.write(length % 128 + 128);
                length /= 128;
            }
            out.write(length);
        }
        out.writeBytes(text.getBytes(ISO_8859_1));
    }

    /** As a browser leaves that is closed. */
    void leave() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
