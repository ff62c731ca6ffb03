package io.pingate.standalone.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameHeadsTest {
    private static final String REST_OF_PREFACE = "SM\r\n\r\n";
    private static final String SETTINGS = "\0\0\0\u0004\0\0\0\0\0";
    private static final String PING = "\0\0\u0008\u0006\0\0\0\0\0" + "12345678";
    private static final String DATA = "\0\0\u0003\0\0\0\0\0\u0001" + "abc";
    private static final String HEADERS = "\0\0\u0002\u0001\u0005\0\0\0\u0001" + "hh";
    private static final String OPEN_HEADERS = "\0\0\u0002\u0001\u0001\0\0\0\u0003" + "hh";
    private static final String CONTINUATION = "\0\0\u0001\u0009\0\0\0\0\u0003" + "h";
    private static final String LAST_CONTINUATION = "\0\0\u0001\u0009\u0004\0\0\0\u0003" + "h";

    private final ClientActivity activity = new ClientActivity();
    private final FrameHeads heads = new FrameHeads(activity, REST_OF_PREFACE.length());

    @Test
    void first_head_is_under_way_until_it_is_whole_whatever_comes_before() {
        for (String bytes :
                new String[] {REST_OF_PREFACE, SETTINGS, PING, "\0\0\u0002", "\u0001\u0005\0\0\0\u0001", "h"}) {
            receive(bytes);
            assertTrue(isUnderWay());
        }
        receive("h");
        assertFalse(isUnderWay());
    }

    @Test
    void later_head_is_under_way_from_its_first_byte_to_the_end_of_its_last_frame() {
        receive(REST_OF_PREFACE + SETTINGS + HEADERS);
        assertFalse(isUnderWay());
        receive(OPEN_HEADERS);
        assertTrue(isUnderWay());
        receive(CONTINUATION + CONTINUATION);
        assertTrue(isUnderWay());
        receive(LAST_CONTINUATION);
        assertFalse(isUnderWay());
    }

    @Test
    void body_that_takes_its_time_is_no_head() {
        receive(REST_OF_PREFACE + HEADERS + DATA.substring(0, 9));
        assertFalse(isUnderWay());
        receive("abc" + PING);
        assertFalse(isUnderWay());
    }

    @Test
    void heads_are_followed_in_whatever_pieces_they_come() {
        String all =
                REST_OF_PREFACE + SETTINGS + HEADERS + DATA + OPEN_HEADERS + CONTINUATION + LAST_CONTINUATION + PING;
        for (int size = 1; size <= all.length(); size++) {
            ClientActivity own = new ClientActivity();
            FrameHeads pieces = new FrameHeads(own, REST_OF_PREFACE.length());
            for (int i = 0; i < all.length(); i += size) {
                ByteBuffer piece = buffer(all.substring(i, Math.min(all.length(), i + size)));
                pieces.received(piece);
                assertEquals(0, piece.position(), "the bytes are somebody else's to read");
            }
            assertEquals(0, own.headNanos(), "pieces of " + size);
        }
    }

    private boolean isUnderWay() {
        return activity.headNanos() > 0;
    }

    private void receive(String bytes) {
        heads.received(buffer(bytes));
    }

    private static ByteBuffer buffer(String bytes) {
        return ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
    }
}
