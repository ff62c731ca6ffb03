package io.pingate.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A client that sends exactly what it is told, one byte per char, and shows exactly what it gets. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final Socket transport;
    private final WireInput in;

    private RawClient(Socket socket, Socket transport) throws IOException {
        this.socket = socket;
        this.transport = transport;
        this.in = new WireInput(socket);
    }

    public static RawClient to(int port) throws IOException {
        Socket socket = connect(port);
        return new RawClient(socket, socket);
    }

    /** On a connection over which TLS is spoken, and a reset is still TCP's. */
    public static RawClient over(SSLSocket tls, Socket transport) throws IOException {
        return new RawClient(tls, transport);
    }

    /** A connection to a port of this machine. */
    public static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        // Where the queue before it is full, the system tries again after 1, 3 and 7 seconds.
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) Deadline.USUAL.toMillis());
        return socket;
    }

    /** The whole answer to a request after which the server closes the connection in good order. */
    public static String exchange(int port, String request) throws IOException {
        try (RawClient client = to(port)) {
            return client.send(request).in().rest();
        }
    }

    public RawClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** A whole response to anything but a HEAD; an interim one (1xx) is a response of its own. */
    public WireResponse response() throws IOException {
        return response(false);
    }

    public WireResponse responseToHead() throws IOException {
        return response(true);
    }

    private WireResponse response(boolean toHead) throws IOException {
        WireHead head = in.head();
        return new WireResponse(head, in.responseBody(head, toHead));
    }

    public WireInput in() {
        return in;
    }

    /** Nothing more will be sent, but the answer is still read. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** As a browser leaves whose tab is closed. */
    public void leave() throws IOException {
        socket.close();
    }

    /** As a crashed program leaves: a reset in place of a close. */
    public void reset() throws IOException {
        transport.setSoLinger(true, 0);
        transport.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
