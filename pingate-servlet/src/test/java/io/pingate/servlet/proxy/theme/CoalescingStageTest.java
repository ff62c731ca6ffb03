package io.pingate.servlet.proxy.theme;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pingate.proxy.BodyStage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.zip.DataFormatException;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.junit.jupiter.api.Test;

class CoalescingStageTest {
    private static final int ROOM_BYTES = 64 * 1024;

    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    private final Pieces pieces = new Pieces();
    private final CoalescingStage joined = new CoalescingStage(pieces, ROOM_BYTES, pool);

    @Test
    void pieces_come_as_one_when_nothing_more_is_there() throws Exception {
        offer("a");
        assertNull(joined.poll());
        offer("b");
        assertNull(joined.poll());
        joined.flush();
        assertEquals("ab", text(joined.poll()));
        assertNull(joined.poll());
        offer("c");
        joined.finish();
        assertEquals("c", text(joined.poll()));
        assertNull(joined.poll());
    }

    @Test
    void nothing_is_lost_when_pieces_are_larger_than_the_room() throws Exception {
        String large = "x".repeat(ROOM_BYTES - 1) + "yz" + "w".repeat(ROOM_BYTES);
        offer("a");
        offer(large);
        joined.finish();
        StringBuilder all = new StringBuilder();
        for (ByteBuffer piece = joined.poll(); piece != null; piece = joined.poll()) {
            all.append(text(piece));
        }
        assertEquals("a" + large, all.toString());
    }

    @Test
    void what_was_read_before_a_failure_gets_through() throws Exception {
        offer("a");
        assertNull(joined.poll());
        pieces.broken = true;
        assertEquals("a", text(joined.poll()));
        assertThrows(DataFormatException.class, joined::poll);
    }

    /** An empty piece says that the stage has worked for a while: not a byte is lost over it. */
    @Test
    void nothing_is_lost_when_the_stage_gives_way_to_others() throws Exception {
        offer("a");
        offer("");
        offer("b");
        joined.finish();
        assertEquals("", text(joined.poll()));
        assertEquals("ab", text(joined.poll()));
        assertNull(joined.poll());
    }

    @Test
    void room_is_given_back_when_the_exchange_is_over() throws Exception {
        offer("a");
        assertNull(joined.poll());
        joined.close();
        assertEquals(0, pool.getLeaks().size());
    }

    /** A page may say nothing for hours, and there may be many of them. */
    @Test
    void room_is_given_back_when_everything_has_been_written() throws Exception {
        offer("a");
        joined.flush();
        assertEquals("a", text(joined.poll()));
        assertNull(joined.poll());
        assertEquals(0, pool.getLeaks().size());
        offer("b");
        joined.finish();
        assertEquals("b", text(joined.poll()));
        assertNull(joined.poll());
        assertEquals(0, pool.getLeaks().size());
    }

    private void offer(String text) {
        joined.offer(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    private static String text(ByteBuffer piece) {
        return US_ASCII.decode(piece.duplicate()).toString();
    }

    /** Passes chunks on, until it breaks. */
    private static final class Pieces implements BodyStage {
        private final Queue<ByteBuffer> offered = new ArrayDeque<>();
        private boolean broken;

        @Override
        public void offer(ByteBuffer chunk) {
            offered.add(chunk);
        }

        @Override
        public void finish() {}

        @Override
        public ByteBuffer poll() throws DataFormatException {
            if (broken) {
                throw new DataFormatException("broken");
            }
            return offered.poll();
        }
    }
}
