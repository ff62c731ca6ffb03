package io.pingate.servlet.proxy.tunnel;

import java.nio.ByteBuffer;

/**
 * Knows whether the bytes that have passed in one direction end between two WebSocket frames (RFC 6455 section 5.2). Reads
 * frame heads only, and jumps over the rest.
 */
final class FrameBoundaries {
    private static final int CLOSE = 0x8;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;

    private int headBytes;
    private int headNeeds = 2;
    private int lengthEnds;
    private long payload;
    private boolean closed;

    /** Counts bytes that pass, from position to limit; the buffer stays as it is. */
    void pass(ByteBuffer bytes) {
        int at = bytes.position();
        int end = bytes.limit();
        while (at < end) {
            if (headBytes == headNeeds) {
                int jump = (int) Math.min(payload, end - at);
                payload -= jump;
                at += jump;
            } else {
                head(bytes.get(at++) & 0xFF);
            }
            if (headBytes == headNeeds && payload == 0) {
                headBytes = 0;
                headNeeds = 2;
            }
        }
    }

    private void head(int octet) {
        headBytes++;
        if (headBytes == 1) {
            closed |= (octet & 0xF) == CLOSE;
        } else if (headBytes == 2) {
            int length = octet & 0x7F;
            int lengthBytes = length == 127 ? 8 : length == 126 ? 2 : 0;
            headNeeds = 2 + lengthBytes + ((octet & MASKED) == 0 ? 0 : MASK_BYTES);
            payload = lengthBytes == 0 ? length : 0;
            lengthEnds = 2 + lengthBytes;
        } else if (headBytes <= lengthEnds) {
            payload = (payload << 8 | octet) & Long.MAX_VALUE;
        }
    }

    /** True between two frames, unless a Close frame has passed: nothing may follow that (RFC 6455 section 5.5.1). */
    boolean fitsCloseFrame() {
        return headBytes == 0 && !closed;
    }
}
