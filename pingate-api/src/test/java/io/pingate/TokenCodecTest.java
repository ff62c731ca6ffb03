package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCodecTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final TokenCodec codec = new TokenCodec(KeyRing.of(SigningKey.of("secret")), LIFETIME);

    static Stream<Arguments> vectors() {
        return Vectors.read("token-vectors.txt").stream()
                .map(v -> Arguments.of(v.get(0), v.get(1), ring(v.get(2), v.get(3), v.get(4)), v.get(5)));
    }

    private static KeyRing ring(String current, String previous, String epoch) {
        KeyRing ring = KeyRing.of(SigningKey.of(current)).withEpoch(Long.parseLong(epoch));
        return previous.isEmpty() ? ring : ring.withPrevious(SigningKey.of(previous));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("vectors")
    void agrees_with_openssl(String outcome, String what, KeyRing keys, String token) {
        TokenResult result = new TokenCodec(keys, LIFETIME).decode(token, NOW);

        assertEquals(outcome, result.getClass().getSimpleName(), what);
    }

    @Test
    void vectors_hold_every_outcome() {
        List<String> outcomes =
                vectors().map(v -> (String) v.get()[0]).distinct().sorted().toList();

        assertEquals(List.of("BadSignature", "Expired", "Malformed", "Valid"), outcomes);
    }

    @Test
    void encodes_what_openssl_made() {
        String fresh = Vectors.read("token-vectors.txt").get(0).get(5);

        assertEquals(fresh, codec.encode(codec.issue(NOW)));
    }

    @Test
    void signs_with_the_current_key_when_there_is_a_previous_one() {
        TokenCodec rotated = new TokenCodec(ring("new", "old", "0"), LIFETIME);
        TokenCodec current = new TokenCodec(ring("new", "", "0"), LIFETIME);

        assertEquals(current.encode(current.issue(NOW)), rotated.encode(rotated.issue(NOW)));
    }

    @Test
    void returns_the_expiry_when_valid_or_expired() {
        String token = codec.encode(codec.issue(NOW));
        Instant expiresAt = NOW.plus(LIFETIME);

        var valid = assertInstanceOf(TokenResult.Valid.class, codec.decode(token, expiresAt.minusNanos(1)));
        var expired = assertInstanceOf(TokenResult.Expired.class, codec.decode(token, expiresAt));

        assertEquals(expiresAt, valid.token().expiresAt());
        assertEquals(expiresAt, expired.token().expiresAt());
    }

    @Test
    void ignores_fractions_of_a_second_when_issuing() {
        String token = codec.encode(codec.issue(NOW.plusNanos(999_999_999)));

        assertEquals(codec.encode(codec.issue(NOW)), token);
    }

    @Test
    void refuses_a_token_with_anything_before_or_behind() {
        String token = codec.encode(codec.issue(NOW));

        for (String text : List.of(token + " ", token + "\n", " " + token, token + "\0", "\0" + token, token + token)) {
            assertInstanceOf(TokenResult.Malformed.class, codec.decode(text, NOW));
        }
    }

    @Test
    void refuses_at_once_when_overlong() {
        assertInstanceOf(TokenResult.Malformed.class, codec.decode("1".repeat(1_000_000), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "P30D", "P3650D"})
    void takes_a_lifetime_in_bounds(String lifetime) {
        TokenCodec other = new TokenCodec(KeyRing.of(SigningKey.of("secret")), Duration.parse(lifetime));

        assertInstanceOf(TokenResult.Valid.class, other.decode(other.encode(other.issue(NOW)), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT-1S", "P3650DT1S"})
    void refuses_a_lifetime_out_of_bounds(String lifetime) {
        KeyRing keys = KeyRing.of(SigningKey.of("secret"));

        var fault = assertThrows(IllegalArgumentException.class, () -> new TokenCodec(keys, Duration.parse(lifetime)));

        assertTrue(fault.getMessage().startsWith("session lifetime: must be"), fault.getMessage());
    }
}
