package io.pingate.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The heads of an exchange, of somebody who is signed in. */
final class ClientHead {
    private ClientHead() {}

    static void send(SocketChannel channel, String path, String fields) throws IOException {
        channel.socket().setTcpNoDelay(true);
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: pingate=" + Cookie.TOKEN + "\r\n"
                + fields + "\r\n";
        channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Until the head of the answer is there; what came with it is left out. */
    static void await(SocketChannel channel, String expected) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(8192);
        String text = "";
        while (!text.contains("\r\n\r\n")) {
            if (channel.read(answer) < 0) {
                throw new IOException("no answer but: " + text);
            }
            text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        }
        if (!text.startsWith(expected)) {
            throw new IOException("not " + expected + " but: " + text);
        }
    }
}
