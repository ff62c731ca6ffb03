package io.pingate.servlet.proxy;

import io.pingate.testing.WireInput;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A socket that speaks HTTP heads and WebSocket frames byte by byte, as either end. */
public final class RawSocket implements Closeable {
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    /** Goes with {@link #KEY}: the example of RFC 6455 section 1.3. */
    public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    public final Socket socket;
    private final WireInput input;

    public RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.input = new WireInput(socket);
    }

    public static RawSocket to(int port) throws IOException {
        return new RawSocket(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** The lines of a good handshake; further ones come before the empty line. */
    public static String handshake(String path, String... more) {
        return "GET " + path + " HTTP/1.1\r\nHost: gate.example\r\nConnection: keep-alive, Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n"
                + String.join("", more) + "\r\n";
    }

    public static String accepted(String... more) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + ACCEPT + "\r\n" + String.join("", more) + "\r\n";
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Waits for the first byte, which stays to be read. */
    public boolean isSpokenTo() {
        try {
            return !input.ended();
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads a head up to and with its empty line. */
    public String head() throws IOException {
        return input.head().text();
    }

    /** Reads a head and says what its status is. */
    public int status() throws IOException {
        return input.head().status();
    }

    public byte[] bytes(int count) throws IOException {
        return text(count).getBytes(StandardCharsets.ISO_8859_1);
    }

    public String text(int count) throws IOException {
        return input.exactly(count);
    }

    /** True when the peer has closed in good order; throws when bytes come, on a reset, and when it takes too long. */
    public boolean isAtEnd() throws IOException {
        String more = input.rest();
        if (!more.isEmpty()) {
            throw new IOException("bytes in place of the end: " + more);
        }
        return true;
    }

    public static byte[] frame(int first, boolean masked, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int mask = masked ? 0x80 : 0;
        frame.write(first);
        if (payload.length < 126) {
            frame.write(mask | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(mask | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        if (masked) {
            frame.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ (masked ? MASK[i % 4] : 0));
        }
        return frame.toByteArray();
    }

    public static byte[] text(boolean masked, String text) {
        return frame(0x81, masked, text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] close(boolean masked, int status) {
        return frame(0x88, masked, new byte[] {(byte) (status >> 8), (byte) status});
    }

    /** Makes the coming close a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    public static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .reduce((a, b) -> a + " | " + b)
                .orElse("");
    }
}
