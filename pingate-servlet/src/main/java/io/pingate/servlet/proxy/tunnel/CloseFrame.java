package io.pingate.servlet.proxy.tunnel;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** The Close frame of an end that is going away: status 1001, no reason (RFC 6455 sections 5.5.1 and 7.4.1). */
final class CloseFrame {
    private static final byte FINAL_CLOSE = (byte) 0x88;
    private static final byte LENGTH = 2;
    private static final byte MASKED = (byte) 0x80;
    private static final int GOING_AWAY = 1001;

    private CloseFrame() {}

    /** As a server writes it. */
    static ByteBuffer toClient() {
        return ByteBuffer.allocate(4)
                .put(FINAL_CLOSE)
                .put(LENGTH)
                .putShort((short) GOING_AWAY)
                .flip();
    }

    /** As a client writes it: masked (RFC 6455 section 5.3). The payload is no attacker's, so any mask will do. */
    static ByteBuffer toUpstream() {
        int mask = ThreadLocalRandom.current().nextInt();
        return ByteBuffer.allocate(8)
                .put(FINAL_CLOSE)
                .put((byte) (MASKED | LENGTH))
                .putInt(mask)
                .putShort((short) (GOING_AWAY ^ (mask >>> 16)))
                .flip();
    }
}
