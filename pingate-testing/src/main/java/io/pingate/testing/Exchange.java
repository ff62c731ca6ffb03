package io.pingate.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One request that reached the upstream, and the upstream's end of its connection to answer it by hand. */
public final class Exchange {
    private final Socket socket;
    private final WireInput in;
    private final WireHead head;
    private final CountDownLatch over = new CountDownLatch(1);

    public Exchange(Socket socket, WireInput in, WireHead head) {
        this.socket = socket;
        this.in = in;
        this.head = head;
    }

    public WireHead head() {
        return head;
    }

    /** The rest of what the gate sends, for those who want it piece by piece. */
    public WireInput in() {
        return in;
    }

    public WireBody body() throws IOException {
        return in.framedBody(head);
    }

    public WireBody body(OutputStream sink) throws IOException {
        return in.framedBody(head, sink);
    }

    public Exchange send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    public Exchange send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The exchange is over, the connection stays open for the next one. */
    public void done() {
        over.countDown();
    }

    public void close() throws IOException {
        socket.close();
        done();
    }

    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    public boolean isClosed() {
        return socket.isClosed();
    }

    /** The next exchange on this connection starts when this one is over. */
    public void awaitDone() throws InterruptedException {
        if (!over.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("no test ended this exchange: " + head.startLine());
        }
    }
}
