package io.pingate.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * What a body consists of. Every line of it has the exchange's id and its place, so that no two bodies share a piece.
 *
 * @param mark the exchange's id, and which of its two bodies this is
 * @param lead the bytes in front: those that look like a request, or none
 * @param length of all, at least that of the lead
 */
record Payload(String mark, String lead, int length) {
    Payload {
        length = Math.max(length, lead.length());
    }

    static Payload marked(String mark, int length) {
        return new Payload(mark, "", length);
    }

    @Override
    public String toString() {
        return length + " bytes" + (lead.isEmpty() ? "" : " (a request in front)");
    }

    byte[] bytes() {
        byte[] bytes = new byte[length];
        byte[] first = lead.getBytes(ISO_8859_1);
        System.arraycopy(first, 0, bytes, 0, first.length);
        for (int at = first.length; at < length; ) {
            byte[] line = (mark + Integer.toHexString(0x1000000 + at) + "\n").getBytes(ISO_8859_1);
            int some = Math.min(line.length, length - at);
            System.arraycopy(line, 0, bytes, at, some);
            at += some;
        }
        return bytes;
    }

    /** Where those bytes leave what this payload has from there on; -1 when they don't. */
    static int difference(byte[] expected, int at, byte[] got, int length) {
        if (at + length > expected.length) {
            int within = difference(expected, at, got, expected.length - at);
            return within < 0 ? expected.length - at : within;
        }
        return Arrays.mismatch(expected, at, at + length, got, 0, length);
    }
}
