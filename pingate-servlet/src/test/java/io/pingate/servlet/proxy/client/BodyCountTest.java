package io.pingate.servlet.proxy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;

class BodyCountTest {
    @Test
    void body_is_whole_when_its_last_byte_ends_it() {
        BodyCount count = new BodyCount(5);
        assertPasses(count, piece(3, false));
        assertFalse(count.isWhole() || count.isFull());
        assertPasses(count, piece(2, true));
        assertTrue(count.isWhole() && count.isFull());
    }

    @Test
    void body_is_full_but_not_whole_when_its_end_is_still_to_come() {
        BodyCount count = new BodyCount(5);
        assertPasses(count, piece(5, false));
        assertTrue(count.isFull());
        assertFalse(count.isWhole());
        assertPasses(count, Content.Chunk.EOF);
        assertTrue(count.isWhole());
    }

    @Test
    void body_is_whole_when_nothing_announced_its_length() {
        BodyCount count = new BodyCount(-1);
        assertPasses(count, piece(5, false));
        assertFalse(count.isWhole() || count.isFull());
        assertPasses(count, new Trailers(HttpFields.EMPTY));
        assertTrue(count.isWhole());
    }

    @Test
    void body_fails_when_it_ends_without_a_byte() {
        assertFails(new BodyCount(5), Content.Chunk.EOF);
    }

    @Test
    void body_fails_when_its_last_piece_is_too_short() {
        BodyCount count = new BodyCount(5);
        assertPasses(count, piece(2, false));
        assertFails(count, piece(2, true));
    }

    @Test
    void body_fails_when_trailers_come_too_early() {
        assertFails(new BodyCount(5), new Trailers(HttpFields.EMPTY));
    }

    @Test
    void body_fails_when_it_is_too_long() {
        BodyCount count = new BodyCount(5);
        assertPasses(count, piece(5, false));
        assertFails(count, piece(1, false));
        assertFails(new BodyCount(5), piece(6, true));
    }

    private static Content.Chunk piece(int bytes, boolean last) {
        return Content.Chunk.from(ByteBuffer.allocate(bytes), last);
    }

    private static void assertPasses(BodyCount count, Content.Chunk chunk) {
        assertSame(chunk, count.count(chunk));
    }

    private static void assertFails(BodyCount count, Content.Chunk chunk) {
        Content.Chunk counted = count.count(chunk);
        assertTrue(Content.Chunk.isFailure(counted, true));
        assertFalse(count.isWhole());
        assertEquals("the request's body has", counted.getFailure().getMessage().substring(0, 22));
    }
}
