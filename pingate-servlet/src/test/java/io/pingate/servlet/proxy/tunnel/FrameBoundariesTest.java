package io.pingate.servlet.proxy.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.proxy.RawSocket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameBoundariesTest {
    private final FrameBoundaries borders = new FrameBoundaries();

    @ParameterizedTest
    @CsvSource({
        "0,true",
        "0,false",
        "1,true",
        "125,false",
        "126,true",
        "127,false",
        "65535,true",
        "65536,false",
        "70000,true"
    })
    void border_is_behind_the_last_byte_when_bytes_come_one_by_one(int length, boolean masked) {
        byte[] frame = RawSocket.frame(0x82, masked, new byte[length]);
        for (int i = 0; i < frame.length; i++) {
            borders.pass(ByteBuffer.wrap(frame, i, 1));
            assertEquals(i == frame.length - 1, borders.fitsCloseFrame(), "byte " + i);
        }
    }

    @Test
    void border_is_found_when_many_frames_come_at_once() {
        byte[] frame = RawSocket.text(true, "some text");
        ByteBuffer three = ByteBuffer.allocate(3 * frame.length + 1);
        three.put(frame).put(frame).put(frame).flip();
        borders.pass(three);
        assertTrue(borders.fitsCloseFrame());
        assertEquals(0, three.position());
        borders.pass(ByteBuffer.wrap(frame, 0, frame.length - 1));
        assertFalse(borders.fitsCloseFrame());
    }

    @Test
    void nothing_fits_when_a_close_frame_has_passed() {
        borders.pass(ByteBuffer.wrap(RawSocket.close(false, 1000)));
        assertFalse(borders.fitsCloseFrame());
    }

    @Test
    void border_is_far_when_a_length_is_absurd() {
        byte[] head = {(byte) 0x82, 127, -1, -1, -1, -1, -1, -1, -1, -1};
        borders.pass(ByteBuffer.wrap(head));
        borders.pass(ByteBuffer.allocate(100_000));
        assertFalse(borders.fitsCloseFrame());
    }
}
