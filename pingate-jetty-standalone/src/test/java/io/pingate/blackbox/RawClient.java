package io.pingate.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client that sends exactly what it is told, one byte per char, and shows exactly what it gets. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final WireInput in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new WireInput(socket);
    }

    static RawClient to(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        return new RawClient(socket);
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** A whole response to anything but a HEAD; an interim one (1xx) is a response of its own. */
    WireResponse response() throws IOException {
        return response(false);
    }

    WireResponse responseToHead() throws IOException {
        return response(true);
    }

    private WireResponse response(boolean toHead) throws IOException {
        WireHead head = in.head();
        return new WireResponse(head, in.responseBody(head, toHead));
    }

    WireInput in() {
        return in;
    }

    /** Nothing more will be sent, but the answer is still read. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** As a browser leaves whose tab is closed. */
    void leave() throws IOException {
        socket.close();
    }

    /** As a crashed program leaves: a reset in place of a close. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
