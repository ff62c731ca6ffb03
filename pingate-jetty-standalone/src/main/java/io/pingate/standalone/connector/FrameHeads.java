package io.pingate.standalone.connector;

import java.nio.ByteBuffer;

/**
 * Follows the frames of an HTTP/2 client so far as to know when a request's head, or its trailers, are under way: from
 * the first byte of a HEADERS frame to the last one of the frame with END_HEADERS (RFC 9113 section 4.3). Jetty tells of a
 * head only when it is whole.
 *
 * <p>Used by one thread at a time, the one that reads from the connection.
 */
final class FrameHeads {
    private static final int FRAME_HEADER_BYTES = 9;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private final ClientActivity activity;
    private final byte[] header = new byte[FRAME_HEADER_BYTES];
    private int headerBytes;
    private int payloadLeft;
    private int toSkip;
    private boolean begun;

    /**
     * Follows a connection.
     *
     * @param toSkip how many bytes come before the first frame
     */
    FrameHeads(ClientActivity activity, int toSkip) {
        this.activity = activity;
        this.toSkip = toSkip;
    }

    /** Further bytes have come; the buffer is left as it is. */
    void received(ByteBuffer buffer) {
        ByteBuffer bytes = buffer.duplicate();
        toSkip -= skip(bytes, toSkip);
        while (bytes.hasRemaining()) {
            if (headerBytes < FRAME_HEADER_BYTES) {
                headerByte(bytes.get());
            } else {
                payloadLeft -= skip(bytes, payloadLeft);
            }
            if (headerBytes == FRAME_HEADER_BYTES && payloadLeft == 0) {
                frameEnds();
            }
        }
    }

    private void headerByte(byte next) {
        if (headerBytes == 0) {
            // What kind of frame it is shows later; it may take as long until it does.
            begun |= activity.headBegins();
        }
        header[headerBytes++] = next;
        if (headerBytes == FRAME_HEADER_BYTES) {
            payloadLeft = (header[0] & 0xFF) << 16 | (header[1] & 0xFF) << 8 | (header[2] & 0xFF);
            if (!isOfHead() && begun) {
                headEnds();
            }
        }
    }

    private void frameEnds() {
        headerBytes = 0;
        if (isOfHead() && (header[4] & END_HEADERS) != 0) {
            headEnds();
        }
    }

    private void headEnds() {
        begun = false;
        activity.headEnds();
    }

    private boolean isOfHead() {
        return header[3] == HEADERS || header[3] == CONTINUATION;
    }

    private static int skip(ByteBuffer bytes, int wanted) {
        int skipped = Math.min(wanted, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        return skipped;
    }
}
