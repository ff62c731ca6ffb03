package io.pingate.servlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pingate.AccessToken;
import io.pingate.Decision;
import io.pingate.GateToken;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamEndsTest {
    private static final Instant END = Instant.ofEpochSecond(1_790_000_000);
    private static final Decision.Admit OWNER = new Decision.Admit(true, null, null, new GateToken(END));
    private static final Decision.Admit GUEST = new Decision.Admit(true, null, null, new GateToken(END, true));
    private static final Decision.Admit PROGRAM =
            new Decision.Admit(true, null, new AccessToken("0123456789abcDE-", "a", END, List.of()), null);
    private static final Decision.Admit STRANGER = new Decision.Admit(false, null, null, null);

    @Test
    void guests_end_when_nothing_else_is_set() {
        StreamEnds guests = StreamEnds.of("Guests");
        assertEquals(END, guests.of(GUEST));
        assertNull(guests.of(OWNER));
        assertNull(guests.of(PROGRAM));
        assertNull(guests.of(STRANGER));
    }

    @Test
    void all_who_are_signed_in_end_with_all() {
        StreamEnds all = StreamEnds.of("all");
        assertEquals(END, all.of(GUEST));
        assertEquals(END, all.of(OWNER));
        assertEquals(END, all.of(PROGRAM));
        assertNull(all.of(STRANGER));
    }

    @Test
    void nobody_ends_with_none() {
        StreamEnds none = StreamEnds.of("none");
        assertNull(none.of(GUEST));
        assertNull(none.of(OWNER));
        assertNull(none.of(PROGRAM));
    }

    @Test
    void other_values_are_refused_with_the_rule() {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> StreamEnds.of("true"));
        assertEquals("must be guests, all or none", refused.getMessage());
    }
}
