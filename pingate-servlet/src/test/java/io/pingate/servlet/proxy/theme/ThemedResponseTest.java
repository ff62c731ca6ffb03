package io.pingate.servlet.proxy.theme;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.BodyStage;
import io.pingate.proxy.PlainStage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThemedResponseTest {
    private static final HeaderFields UPSTREAM = HeaderFields.of("ETag", "a");
    private static final HeaderFields THEMED = HeaderFields.of("ETag", "b");

    private final List<String> starts = new ArrayList<>();

    @Test
    void first_bytes_decide_when_they_are_there_before_the_head_goes() throws Exception {
        ThemedResponse response = response(new PlainStage());
        response.offer(ByteBuffer.allocate(0));
        response.flush();
        assertNull(response.poll());
        assertTrue(response.length().isEmpty());
        response.offer(bytes("abc"));
        assertEquals("abc", text(response));
        assertSame(THEMED, response.fields());
        response.offer(bytes("def"));
        assertEquals("def", text(response));
        assertEquals(List.of("abc"), starts);
    }

    @Test
    void it_is_decided_without_bytes_when_the_head_goes() throws Exception {
        ThemedResponse response = response(new PlainStage());
        assertSame(THEMED, response.fields());
        response.offer(bytes("abc"));
        assertEquals("abc", text(response));
        assertEquals(List.of(""), starts);
    }

    @Test
    void head_and_body_pass_as_they_are_when_it_cannot_be_changed() throws Exception {
        ThemedResponse response = response(null);
        response.offer(bytes("abc"));
        assertEquals("abc", text(response));
        assertSame(UPSTREAM, response.fields());
        response.finish();
        assertNull(response.poll());
        response.close();
    }

    @Test
    void empty_body_is_one_like_others() throws Exception {
        ThemedResponse response = response(new PlainStage());
        response.finish();
        assertNull(response.poll());
        assertSame(THEMED, response.fields());
    }

    @Test
    void nothing_is_left_to_close_when_nothing_was_begun() {
        response(null).close();
        assertEquals(List.of(), starts);
    }

    private ThemedResponse response(BodyStage change) {
        return new ThemedResponse(UPSTREAM, THEMED, start -> {
            starts.add(US_ASCII.decode(start.duplicate()).toString());
            return change;
        });
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    private static String text(BodyStage stage) throws Exception {
        return US_ASCII.decode(stage.poll()).toString();
    }
}
