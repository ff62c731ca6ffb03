package io.pingate.bench;

import java.nio.ByteBuffer;

/** The one WebSocket message that is echoed: 64 bytes, in a frame of its own (RFC 6455 section 5.2). */
final class Frames {
    static final int PAYLOAD = 64;
    /** A client's frame is masked. */
    static final int FROM_CLIENT = 6 + PAYLOAD;

    static final int FROM_SERVER = 2 + PAYLOAD;

    static final String UPGRADE = """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """;
    static final String UPGRADED = """
            HTTP/1.1 101 Switching Protocols\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
            \r
            """;

    private Frames() {}

    /** With a mask of zeros, so that the payload stands there as it is. */
    static ByteBuffer fromClient() {
        ByteBuffer frame =
                ByteBuffer.allocateDirect(FROM_CLIENT).put((byte) 0x82).put((byte) (0x80 | PAYLOAD));
        return frame.position(0);
    }

    static ByteBuffer fromServer() {
        ByteBuffer frame =
                ByteBuffer.allocateDirect(FROM_SERVER).put((byte) 0x82).put((byte) PAYLOAD);
        return frame.position(0);
    }
}
