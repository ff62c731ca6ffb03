package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.InvalidValueException;
import io.pingate.http.RequestTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String ID = "0123456789abcDE-";
    private static final KeyRing KEYS = KeyRing.of(SigningKey.of("secret"));
    private static final AccessToken TOKEN = new AccessToken(ID, "backup", NOW.plus(DAY), List.of("/api/*", "/x"));
    private static final String FORGED = "Forged[]";

    private final AccessTokens tokens = new AccessTokens(KEYS);
    private final String text = tokens.sign(TOKEN, NOW);

    /** By openssl: KEY=$(printf pingate-token | openssl dgst -sha256 -hmac secret -binary | xxd -p -c64). */
    @Test
    void token_is_signed_by_the_key_for_tokens() {
        String signed = text.substring(0, text.lastIndexOf('.'));
        String payload = ID + "\n1790086400\nbackup\n/api/*\n/x";
        assertEquals("pgt1." + base64(payload.getBytes(StandardCharsets.UTF_8)), signed);
        byte[] mac = SigningKey.of("secret").boundTo("pingate-token").sign(signed);
        assertEquals(signed + "." + base64(mac), text);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void token_is_valid_until_it_expires() {
        assertEquals(new PassVerdict.Valid<>(TOKEN), tokens.verify(text, NOW));
        assertEquals(
                new PassVerdict.Valid<>(TOKEN),
                tokens.verify(text, NOW.plus(DAY).minusMillis(1)));
        assertEquals(new PassVerdict.Over<>("This token has expired."), tokens.verify(text, NOW.plus(DAY)));
    }

    /** A clock that stands a little behind the one that the token was made by. */
    @Test
    void token_is_over_when_it_ends_later_than_any_could() {
        Instant latest = NOW.plus(Duration.ofDays(3650));
        AccessToken longest = new AccessToken(ID, "backup", latest, List.of());
        String signed = tokens.sign(longest, NOW);
        assertEquals(new PassVerdict.Valid<>(longest), tokens.verify(signed, NOW.minus(DAY)));
        assertInstanceOf(
                PassVerdict.Over.class, tokens.verify(signed, NOW.minus(DAY).minusSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> tokens.sign(longest, NOW.minusSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> tokens.sign(TOKEN, NOW.plus(DAY)));
        assertEquals(text, tokens.sign(TOKEN, NOW.plus(DAY).minusSeconds(1)));
    }

    @Test
    void every_change_of_one_char_is_forged() {
        for (int i = 0; i < text.length(); i++) {
            for (char c = 0; c < 256; c++) {
                String changed = text.substring(0, i) + c + text.substring(i + 1);
                assertEquals(changed.equals(text), tokens.verify(changed, NOW) instanceof PassVerdict.Valid, changed);
            }
        }
    }

    @Test
    void what_is_cut_off_or_doubled_is_forged() {
        for (int i = 0; i < text.length(); i++) {
            assertEquals(FORGED, tokens.verify(text.substring(0, i), NOW).toString());
            assertEquals(FORGED, tokens.verify(text.substring(i + 1), NOW).toString());
        }
        assertEquals(FORGED, tokens.verify(text + text, NOW).toString());
        assertEquals(FORGED, tokens.verify(text + ".", NOW).toString());
        assertEquals(FORGED, tokens.verify(text + "=", NOW).toString());
        assertEquals(
                FORGED,
                tokens.verify("pgt1." + "A".repeat(2000) + text.substring(4), NOW)
                        .toString());
    }

    /** What is signed for something else, by the same secret and of the same form. */
    @Test
    void what_is_signed_for_another_purpose_is_forged() {
        for (String purpose : List.of("pingate-link", "pingate-tokens", "")) {
            assertEquals(
                    FORGED,
                    tokens.verify(new PassCodec("pgt1.", purpose, KEYS).encode(TOKEN.format()), NOW)
                            .toString());
        }
        TokenCodec cookies = new TokenCodec(KEYS, Duration.ofDays(30));
        String cookie = cookies.encode(cookies.issue(NOW));
        assertEquals(FORGED, tokens.verify(cookie, NOW).toString());
        assertEquals(FORGED, tokens.verify("pgt1." + cookie, NOW).toString());
        assertEquals(new TokenResult.Malformed(), cookies.decode(text, NOW));
        byte[] plain = SigningKey.of("secret").sign(text.substring(0, text.lastIndexOf('.')));
        assertEquals(
                FORGED,
                tokens.verify(text.substring(0, text.lastIndexOf('.') + 1) + base64(plain), NOW)
                        .toString());
    }

    @Test
    void what_we_signed_is_forged_when_it_says_nothing_that_a_token_could() {
        PassCodec codec = new PassCodec("pgt1.", "pingate-token", KEYS);
        for (String payload : List.of("", "x", TOKEN.format() + "\n", TOKEN.format() + "\n/*")) {
            assertEquals(FORGED, tokens.verify(codec.encode(payload), NOW).toString());
        }
    }

    @Test
    void token_goes_on_when_the_key_is_an_old_one() {
        KeyRing rotated =
                KeyRing.of(SigningKey.of("new")).withPrevious(SigningKey.of("other"), SigningKey.of("secret"));
        assertEquals(new PassVerdict.Valid<>(TOKEN), new AccessTokens(rotated).verify(text, NOW));
        assertEquals(
                FORGED,
                new AccessTokens(KeyRing.of(SigningKey.of("new")))
                        .verify(text, NOW)
                        .toString());
    }

    /** Its program goes on sending it, and is no guesser. */
    @Test
    void token_is_over_when_everybody_was_signed_out_since() {
        PassVerdict<AccessToken> ended =
                new PassVerdict.Over<>("This token has ended, since everybody was signed out.");
        for (long epoch : List.of(1L, 2L, 10L)) {
            assertEquals(ended, new AccessTokens(KEYS.withEpoch(epoch)).verify(text, NOW));
        }
        assertEquals(
                FORGED, new AccessTokens(KEYS.withEpoch(11)).verify(text, NOW).toString());
        String later = new AccessTokens(KEYS.withEpoch(5)).sign(TOKEN, NOW);
        assertEquals(new PassVerdict.Valid<>(TOKEN), new AccessTokens(KEYS.withEpoch(5)).verify(later, NOW));
        assertEquals(ended, new AccessTokens(KEYS.withEpoch(6)).verify(later, NOW));
        assertEquals(ended, new AccessTokens(KEYS.withEpoch(15)).verify(later, NOW));
        assertEquals(
                FORGED, new AccessTokens(KEYS.withEpoch(16)).verify(later, NOW).toString());
        assertEquals(FORGED, tokens.verify(later, NOW).toString());
    }

    @Test
    void token_is_as_long_as_1024_characters_and_no_longer() {
        // Five and 44 of prefix and MAC, and 975 of base64 hold 731 bytes.
        int rest = 731 - (ID + "\n1790086400\nbackup\n").length();
        AccessToken longest = new AccessToken(ID, "backup", NOW.plus(DAY), List.of("/" + "a".repeat(rest - 1)));
        String signed = tokens.sign(longest, NOW);
        assertEquals(1024, signed.length());
        assertEquals(new PassVerdict.Valid<>(longest), tokens.verify(signed, NOW));
        AccessToken longer = new AccessToken(ID, "backup", NOW.plus(DAY), List.of("/" + "a".repeat(rest)));
        assertTrue(assertThrows(InvalidValueException.class, () -> tokens.sign(longer, NOW))
                .rule()
                .contains("fewer paths"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "my laptop", "Zoë's ☃ phone", "a-b_c.d/e:f", "日本", "😀"})
    void name_passes(String name) {
        AccessToken token = AccessToken.fresh(name, NOW.plus(DAY), List.of());
        assertEquals(new PassVerdict.Valid<>(token), tokens.verify(tokens.sign(token, NOW), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a  b", "a\tb", "a\nb", "a\u0000", "\u200B", "a\u00A0b", "\u202Ex"})
    void name_is_refused(String name) {
        var refused = assertThrows(InvalidValueException.class, () -> AccessToken.fresh(name, NOW, List.of()));
        assertTrue(refused.getMessage().startsWith("name"), refused.getMessage());
    }

    @Test
    void name_has_64_characters_at_most() {
        assertEquals(
                "😀".repeat(64),
                AccessToken.fresh("😀".repeat(64), NOW, List.of()).name());
        assertThrows(InvalidValueException.class, () -> AccessToken.fresh("a".repeat(65), NOW, List.of()));
    }

    @Test
    void token_is_refused_when_a_part_of_it_breaks_a_rule() {
        for (String id : List.of("", "0123456789abcde", "0123456789abcdefg", "0123456789abcde=")) {
            assertThrows(InvalidValueException.class, () -> new AccessToken(id, "a", NOW, List.of()));
        }
        assertThrows(InvalidValueException.class, () -> new AccessToken(ID, "a", NOW.plusNanos(1), List.of()));
        assertThrows(InvalidValueException.class, () -> new AccessToken(ID, "a", Instant.ofEpochSecond(-1), List.of()));
        assertEquals(
                0,
                new AccessToken(ID, "a", Instant.EPOCH, List.of()).expiresAt().getEpochSecond());
        for (String path : List.of("", "/*", "x", "/a/../b", "/%41", "/a,*", "/a\n/b")) {
            assertThrows(IllegalArgumentException.class, () -> new AccessToken(ID, "a", NOW, List.of(path)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                ID,
                ID + "\n1790086400",
                ID + "\n01790086400\nbackup",
                ID + "\n-1\nbackup",
                ID + "\n+1\nbackup",
                ID + "\n\nbackup",
                ID + "\n1790086400000\nbackup",
                ID + "\n1790086400\n",
                ID + "\n1790086400\nbackup\n",
                "x\n1790086400\nbackup",
            })
    void nothing_else_is_read_as_a_token(String other) {
        assertEquals(Optional.empty(), AccessToken.parse(other));
    }

    @Test
    void token_is_read_as_it_was_written() {
        assertEquals(Optional.of(TOKEN), AccessToken.parse(TOKEN.format()));
        AccessToken bare = new AccessToken(ID, "backup", NOW, List.of());
        assertEquals(Optional.of(bare), AccessToken.parse(bare.format()));
    }

    @Test
    void fresh_token_has_an_id_of_its_own_and_whole_seconds() {
        AccessToken one = AccessToken.fresh("a", NOW.plusMillis(999), List.of());
        assertEquals(NOW, one.expiresAt());
        assertNotEquals(one.id(), AccessToken.fresh("a", NOW, List.of()).id());
    }

    @Test
    void token_is_for_its_paths_below_the_webapp() {
        assertTrue(TOKEN.isFor(RequestTarget.of("/api/v1?x"), ""));
        assertTrue(TOKEN.isFor(RequestTarget.of("/x"), ""));
        assertFalse(TOKEN.isFor(RequestTarget.of("/y"), ""));
        assertFalse(TOKEN.isFor(RequestTarget.of("/api"), ""));
        assertFalse(TOKEN.isFor(RequestTarget.of("/api/%2e%2e/x"), ""));
        assertTrue(TOKEN.isFor(RequestTarget.of("/app/x"), "/app"));
        assertFalse(TOKEN.isFor(RequestTarget.of("/x"), "/app"));
        AccessToken everywhere = new AccessToken(ID, "a", NOW, List.of());
        assertTrue(everywhere.isFor(RequestTarget.of("/%2e%2e/x"), ""));
    }
}
