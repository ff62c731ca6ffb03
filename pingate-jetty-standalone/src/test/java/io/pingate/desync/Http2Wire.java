package io.pingate.desync;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The frames of a connection of HTTP/2, both ways; it remembers the last of them. */
final class Http2Wire {
    private static final int SHOWN = 30;

    /** A frame as it was read. */
    record Received(int type, int flags, int stream, ByteBuffer payload) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final Deque<String> log = new ArrayDeque<>();

    Http2Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    void send(byte[] bytes) throws IOException {
        synchronized (socket) {
            note("sent " + Tap.letters(bytes, 0, Math.min(bytes.length, 60)));
            socket.getOutputStream().write(bytes);
        }
    }

    Received receive() throws IOException {
        int length = 0x100 * in.readUnsignedShort() + in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & 0x7FFFFFFF;
        byte[] payload = in.readNBytes(length);
        note("got type " + type + " flags " + flags + " stream " + stream + " length " + length + " "
                + Tap.letters(payload, 0, Math.min(payload.length, 120)));
        if (payload.length < length) {
            throw new EOFException("closed within a frame");
        }
        return new Received(type, flags, stream, ByteBuffer.wrap(payload));
    }

    private void note(String line) {
        synchronized (log) {
            log.add(line);
            if (log.size() > SHOWN) {
                log.remove();
            }
        }
    }

    String shown() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }
}
