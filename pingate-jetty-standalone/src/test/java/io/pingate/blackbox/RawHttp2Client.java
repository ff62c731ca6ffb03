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

/** An HTTP/2 request with prior knowledge, its fields written as they are told: libraries wouldn't send some of them. */
final class RawHttp2Client implements AutoCloseable {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int DATA = 0;
    private static final int RST_STREAM = 3;
    private static final int GOAWAY = 7;
    private static final int END_OF_STREAM = 1;
    private static final int END_OF_HEADERS = 4;
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final Socket socket;
    private final DataInputStream in;

    RawHttp2Client(GateProcess gate) throws IOException {
        socket = gate.http2();
        socket.setSoTimeout((int) Deadline.USUAL.toMillis());
        in = new DataInputStream(socket.getInputStream());
    }

    /** Sends a request without a body: name, value, name, value. */
    RawHttp2Client send(String... fields) throws IOException {
        return begin(END_OF_STREAM, fields);
    }

    /** Sends the head of a request with a body. */
    RawHttp2Client sendHead(String... fields) throws IOException {
        return begin(0, fields);
    }

    private RawHttp2Client begin(int flags, String... fields) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PREFACE.getBytes(ISO_8859_1));
        write(out, SETTINGS, 0, 0, new byte[0]);
        write(out, HEADERS, flags | END_OF_HEADERS, 1, block(fields));
        socket.getOutputStream().write(out.toByteArray());
        return this;
    }

    RawHttp2Client sendData(String text, boolean last) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, DATA, last ? END_OF_STREAM : 0, 1, text.getBytes(ISO_8859_1));
        socket.getOutputStream().write(out.toByteArray());
        return this;
    }

    RawHttp2Client sendTrailers(String... fields) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, HEADERS, END_OF_STREAM | END_OF_HEADERS, 1, block(fields));
        socket.getOutputStream().write(out.toByteArray());
        return this;
    }

    private static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            // Name and value as they are, in no table (RFC 7541, section 6.2.2).
            block.write(0);
            write(block, fields[i]);
            write(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    /** A text of less than 127 bytes, without Huffman's code. */
    private static void write(ByteArrayOutputStream out, String text) {
        if (text.length() > 126) {
            throw new IllegalArgumentException("longer than a length of one byte can tell");
        }
        out.write(text.length());
        out.writeBytes(text.getBytes(ISO_8859_1));
    }

    private static void write(ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
        for (int b : new int[] {0, payload.length >> 8, payload.length, type, flags, 0, 0, 0, stream}) {
            out.write(b);
        }
        out.writeBytes(payload);
    }

    /** The status of the response; 0 when the stream was reset or the connection closed instead. */
    int status() throws IOException {
        while (true) {
            int length;
            try {
                length = 0x100 * in.readUnsignedShort() + in.readUnsignedByte();
            } catch (EOFException closed) {
                return 0;
            }
            int type = in.readUnsignedByte();
            in.skipNBytes(5);
            byte[] payload = in.readNBytes(length);
            if (type == HEADERS) {
                return status(payload);
            }
            if (type == RST_STREAM || type == GOAWAY) {
                return 0;
            }
        }
    }

    private static int status(byte[] head) throws IOException {
        try {
            HpackDecoder decoder = new HpackDecoder(MAX_HEAD_BYTES, System::nanoTime);
            return ((MetaData.Response) decoder.decode(ByteBuffer.wrap(head))).getStatus();
        } catch (HpackException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
