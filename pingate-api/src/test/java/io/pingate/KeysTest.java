package io.pingate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysTest {
    /** RFC 4231 section 4.3. */
    private static final byte[] RFC_4231_CASE_2 =
            HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

    @Test
    void signs_as_rfc_4231_says() {
        assertArrayEquals(RFC_4231_CASE_2, SigningKey.of("Jefe").sign("what do ya want for nothing?"));
    }

    @Test
    void signs_alike_when_the_key_comes_as_bytes() {
        byte[] bytes = {'J', 'e', 'f', 'e'};
        SigningKey key = SigningKey.ofBytes(bytes);
        Arrays.fill(bytes, (byte) 0);

        assertArrayEquals(RFC_4231_CASE_2, key.sign("what do ya want for nothing?"));
    }

    @Test
    void signs_alike_when_many_threads_sign() throws Exception {
        SigningKey key = SigningKey.of("Jefe");
        Callable<byte[]> task = () -> key.sign("what do ya want for nothing?");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<byte[]>> tasks =
                    IntStream.range(0, 400).mapToObj(i -> task).toList();
            for (Future<byte[]> signature : threads.invokeAll(tasks)) {
                assertArrayEquals(RFC_4231_CASE_2, signature.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refuses_an_empty_key() {
        assertThrows(IllegalArgumentException.class, () -> SigningKey.of(""));
        assertThrows(IllegalArgumentException.class, () -> SigningKey.ofBytes(new byte[0]));
    }

    @Test
    void refuses_a_negative_epoch() {
        KeyRing ring = KeyRing.of(SigningKey.of("secret"));

        var fault = assertThrows(IllegalArgumentException.class, () -> ring.withEpoch(-1));

        assertEquals("epoch: must be 0 or more", fault.getMessage());
    }

    @Test
    void keeps_epoch_and_keys_whatever_the_order_of_building() {
        KeyRing epochLast =
                KeyRing.of(SigningKey.of("a")).withPrevious(SigningKey.of("b")).withEpoch(7);
        KeyRing epochFirst = KeyRing.of(SigningKey.of("a")).withEpoch(7).withPrevious(SigningKey.of("b"));

        assertEquals(2, epochFirst.verifying().size());
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(
                    epochLast.verifying().get(i).sign("x"),
                    epochFirst.verifying().get(i).sign("x"));
        }
    }

    @Test
    void derives_from_the_plain_keys_when_the_epoch_is_raised_twice() {
        KeyRing ring = KeyRing.of(SigningKey.of("a"));

        assertArrayEquals(
                ring.withEpoch(2).signing().sign("x"),
                ring.withEpoch(1).withEpoch(2).signing().sign("x"));
    }

    @Test
    void covers_a_ring_when_each_of_its_keys_verifies_here_too() {
        KeyRing old = KeyRing.of(SigningKey.of("old"));
        KeyRing rotated = KeyRing.of(SigningKey.of("new")).withPrevious(SigningKey.of("old"));

        assertTrue(old.covers(KeyRing.of(SigningKey.of("old"))));
        assertTrue(rotated.covers(old));
        assertFalse(old.covers(rotated));
        assertFalse(old.covers(KeyRing.of(SigningKey.of("new"))));
        assertFalse(old.covers(old.withEpoch(1)));
    }

    @Test
    void never_shows_a_key() {
        SigningKey key = SigningKey.of("hush-hush");
        KeyRing ring = KeyRing.of(key).withPrevious(SigningKey.of("hush-hush-too"));

        assertFalse((key + " " + ring).contains("hush"));
        assertEquals("SigningKey[redacted]", key.toString());
        assertEquals("KeyRing[2 redacted]", ring.toString());
    }
}
