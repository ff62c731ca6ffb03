package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Throws random text, mostly of the pieces that parsers trip over, at whatever reads what a client sent. */
class NeverThrowsTest {
    private static final int ROUNDS = 20_000;
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final List<String> PIECES = List.of(
            "/",
            "//",
            "\\",
            ".",
            "..",
            "%",
            "%2",
            "%2f",
            "%5C",
            "%2e",
            "%25",
            "%00",
            "%c0%af",
            ";",
            "; ",
            "=",
            "\"",
            ",",
            " ",
            "\t",
            "\r\n",
            "\0",
            "\u007F",
            "\u00FF",
            "\u00C3\u00A9",
            "\u9375",
            "\uD83D",
            "\uDE00",
            "?",
            "#",
            "&",
            "+",
            "@",
            ":",
            "pingate",
            "pingate=",
            "next=",
            "pin=",
            "a",
            "0",
            "9",
            "1792592000",
            "-1",
            "f".repeat(64),
            "::",
            "ffff",
            "1.2.3.4",
            "[",
            "]");

    private static void throwAt(Consumer<String> reader) {
        Random random = new Random(20260101);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "/" : "");
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            reader.accept(text.toString());
        }
    }

    @Test
    void token_codec_verifies_nothing_when_thrown_at() {
        TokenCodec codec = new TokenCodec(KeyRing.of(SigningKey.of("secret")), Duration.ofDays(30));

        throwAt(text -> assertFalse(codec.decode(text, NOW) instanceof TokenResult.Valid, text));
    }

    @Test
    void token_codec_refuses_every_change_of_one_char() {
        TokenCodec codec = new TokenCodec(KeyRing.of(SigningKey.of("secret")), Duration.ofDays(30));
        String token = codec.encode(codec.issue(NOW));
        for (int i = 0; i < token.length(); i++) {
            for (char c = 0; c < 256; c++) {
                String changed = token.substring(0, i) + c + token.substring(i + 1);
                boolean same = changed.equals(token);
                assertEquals(same, codec.decode(changed, NOW) instanceof TokenResult.Valid, changed);
            }
        }
    }

    @Test
    void return_path_stays_here_when_thrown_at() {
        throwAt(text -> {
            String path = ReturnPath.of(text);
            assertTrue(path.matches("/(?![/\\\\])[!-\\[\\]-~]*"), () -> text + " became " + path);
            assertEquals(path, ReturnPath.of(path), "judged twice");
        });
    }

    @Test
    void return_path_leads_to_this_host_as_java_resolves_it() {
        java.net.URI base = java.net.URI.create("https://gate.example/pin/check");
        throwAt(text -> {
            String path = ReturnPath.of(text).split("[?#]", 2)[0].replaceAll("%(?![0-9a-fA-F]{2})|[\\[\\]\"]", "x");
            assertEquals("gate.example", base.resolve(path).normalize().getHost(), text);
        });
    }

    @Test
    void cookie_vanishes_and_others_stay_when_thrown_at() {
        GateCookie cookie = new GateCookie("pingate");
        GateCookie other = new GateCookie("a");
        throwAt(text -> {
            String rest = cookie.cutFrom(text);
            HeaderFields before = HeaderFields.of("Cookie", text);
            HeaderFields after = rest == null ? HeaderFields.of() : HeaderFields.of("Cookie", rest);
            assertEquals(List.of(), cookie.values(after), text);
            assertEquals(other.values(before), other.values(after), text);
            assertEquals(cookie.values(before).isEmpty(), text.equals(rest), text);
            cookie.isSetBy(text);
        });
    }

    @Test
    void gate_decides_when_thrown_at() {
        PinGate gate = PinGate.builder()
                .pin(Pin.of("hush"))
                .keys(KeyRing.of(SigningKey.of("secret")))
                .limiter(new RecordingLimiter(Integer.MAX_VALUE))
                .publicPaths(List.of("/a/*"))
                .build();
        throwAt(text -> {
            Requests request = Requests.form("Cookie", text).withHost(text);
            assertInstanceOf(
                    Decision.Unauthorized.class,
                    gate.decide(
                            Requests.of("POST", "/", "Cookie", text, "Accept", text)
                                    .build(),
                            NOW));
            assertInstanceOf(Decision.WrongPin.class, gate.tryPin(request.build(), text, NOW));
            assertInstanceOf(
                    Decision.ForeignForm.class,
                    gate.tryPin(request.with("Origin", text).build(), text, NOW));
            IpAddress.parse(text);
        });
    }
}
