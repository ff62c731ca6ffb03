package io.pingate.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/** Frames as a client writes them (RFC 9113 section 4.1), fields without any compression (RFC 7541 section 6.2.2). */
final class Http2Frames {
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
    static final int PADDED = 8;
    static final int PRIORITY = 32;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int INITIAL_WINDOW_SIZE = 4;
    /** Large enough for a whole connection: no client of the hunt ever holds the gate up. */
    private static final int WINDOW = 1 << 30;

    private Http2Frames() {}

    static byte[] preface() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PREFACE.getBytes(ISO_8859_1));
        byte[] size = number(WINDOW);
        out.writeBytes(frame(SETTINGS, 0, 0, new byte[] {0, INITIAL_WINDOW_SIZE, size[0], size[1], size[2], size[3]}));
        out.writeBytes(frame(WINDOW_UPDATE, 0, 0, number(WINDOW)));
        return out.toByteArray();
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        byte[] frame = new byte[9 + payload.length];
        frame[0] = (byte) (payload.length >> 16);
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        System.arraycopy(number(stream), 0, frame, 5, 4);
        System.arraycopy(payload, 0, frame, 9, payload.length);
        return frame;
    }

    static byte[] number(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** Name, value, name, value. */
    static byte[] fields(Iterable<String> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean name = true;
        for (String text : fields) {
            if (name) {
                out.write(0);
            }
            text(out, text);
            name = !name;
        }
        return out.toByteArray();
    }

    /** Without Huffman's code; a length of seven bits, or more behind them (RFC 7541 section 5.1). */
    private static void text(ByteArrayOutputStream out, String text) {
        int length = text.length();
        if (length < 127) {
            out.write(length);
        } else {
            out.write(127);
            for (length -= 127; length >= 128; length >>= 7) {
                out.write((length & 0x7F) | 0x80);
            }
            out.write(length);
        }
        out.writeBytes(text.getBytes(ISO_8859_1));
    }
}
