package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkSignInTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Duration DAY = Duration.ofDays(1);
    private static final KeyRing KEYS = KeyRing.of(SigningKey.of("secret"));
    private static final String ID = "0123456789abcDE-";
    private static final SignInLink ONCE = new SignInLink(ID, NOW.plusSeconds(300), false, "/notes?a=b");
    private static final SignInLink GUEST = new SignInLink(ID, NOW.plus(DAY), true, "/");
    /** By: printf %s 1790086400g | openssl dgst -sha256 -hmac secret. */
    private static final String GUEST_MAC =
            java.util.HexFormat.of().formatHex(SigningKey.of("secret").sign("1790086400g"));

    private final List<SignInLink> used = new ArrayList<>();
    private final RecordingLimiter limiter = new RecordingLimiter(1);
    private final PinGateBuilder builder = PinGate.builder()
            .pin(Pin.of("1234"))
            .keys(KEYS)
            .limiter(limiter)
            .usedLinks((link, now) -> {
                assertEquals(NOW, now);
                used.add(link);
                return used.size() == 1 ? UsedLinks.Use.FIRST : UsedLinks.Use.AGAIN;
            });

    private static String text(SignInLink link) {
        return new SignInLinks(KEYS).sign(link, NOW, DAY);
    }

    private static Requests at(String method, String link) {
        return Requests.of(method, "/pin/link/" + link);
    }

    private Decision look(String link) {
        return builder.build().decide(at("GET", link).build(), NOW);
    }

    private Decision press(Requests request) {
        PinGate gate = builder.build();
        assertEquals(new Decision.TryPin(), gate.decide(request.build(), NOW));
        return gate.tryPin(request.build(), "", NOW);
    }

    private Decision press(String link) {
        return press(at("POST", link));
    }

    @Test
    void nothing_is_used_when_somebody_only_looks() {
        for (String method : List.of("GET", "HEAD", "GET")) {
            assertEquals(
                    new Decision.ShowLink(ONCE),
                    builder.build().decide(at(method, text(ONCE) + "?x").build(), NOW));
        }
        assertEquals(new Decision.ShowLink(GUEST), look(text(GUEST)));
        assertEquals(List.of(), used);
        assertEquals(
                405,
                assertInstanceOf(
                                Decision.Refuse.class,
                                builder.build().decide(at("PUT", text(ONCE)).build(), NOW))
                        .status());
    }

    @Test
    void button_signs_in_once_for_as_long_as_the_pin() {
        Decision.Unlock in = assertInstanceOf(Decision.Unlock.class, press(text(ONCE)));
        assertEquals("/notes?a=b", in.location());
        assertTrue(in.setCookie().startsWith("pingate=1792592000.3d69d47d"), in.setCookie());
        assertTrue(in.setCookie().contains("Max-Age=2592000"), in.setCookie());
        assertEquals(new Decision.LinkRefused(410, "This link was used before; it signs in once."), press(text(ONCE)));
        assertEquals(List.of(ONCE, ONCE), used);
        assertEquals(List.of(), limiter.calls);
    }

    @Test
    void guests_session_ends_with_the_link_and_is_never_prolonged() {
        builder.renew(true);
        Decision.Unlock in = assertInstanceOf(Decision.Unlock.class, press(text(GUEST)));
        assertTrue(
                in.setCookie().startsWith("pingate=1790086400g." + GUEST_MAC + "; Path=/; Max-Age=86400;"),
                in.setCookie());
        assertEquals(in, press(text(GUEST)));
        assertEquals(List.of(), used);
        GateRequest request = Requests.of("GET", "/", "Cookie", in.setCookie().split(";", 2)[0])
                .build();
        Instant last = NOW.plus(DAY).minusSeconds(1);
        assertEquals(
                Decision.Admit.by(new GateToken(NOW.plus(DAY), true), null),
                builder.build().decide(request, last));
        assertInstanceOf(Decision.Unauthorized.class, builder.build().decide(request, last.plusSeconds(1)));
    }

    @Test
    void guests_cookie_is_read_strictly() {
        TokenCodec codec = new TokenCodec(KEYS, Duration.ofDays(30));
        assertEquals(
                new TokenResult.Valid(new GateToken(NOW.plus(DAY), true)),
                codec.decode("1790086400g." + GUEST_MAC, NOW));
        for (String value : List.of(
                "1790086400", "1790086400G", "1790086400gg", "g1790086400", "g", "", "01790086400g", "1790086400g ")) {
            String mac =
                    java.util.HexFormat.of().formatHex(SigningKey.of("secret").sign(value));
            assertFalse(codec.decode(value + "." + GUEST_MAC, NOW) instanceof TokenResult.Valid, value);
            assertEquals(
                    value.equals("1790086400"),
                    codec.decode(value + "." + mac, NOW) instanceof TokenResult.Valid,
                    value);
        }
    }

    @Test
    void link_signs_nobody_in_when_its_use_cannot_be_kept() {
        builder.usedLinks((link, now) -> UsedLinks.Use.NOT_KEPT);
        Decision.LinkRefused refused = assertInstanceOf(Decision.LinkRefused.class, press(text(ONCE)));
        assertEquals(503, refused.status());
        assertTrue(refused.reason().contains("can't be used now"));
        PinGate plain =
                PinGate.builder().pin(Pin.of("1")).keys(KEYS).limiter(limiter).build();
        assertEquals(refused, plain.tryPin(at("POST", text(ONCE)).build(), "", NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.test", "null"})
    void button_of_another_site_is_refused(String origin) {
        assertInstanceOf(
                Decision.ForeignForm.class, press(at("POST", text(ONCE)).with("Origin", origin)));
        assertInstanceOf(
                Decision.ForeignForm.class, press(at("POST", text(GUEST)).with("Sec-Fetch-Site", "cross-site")));
        assertEquals(List.of(), used);
        assertInstanceOf(Decision.Unlock.class, press(at("POST", text(ONCE)).with("Origin", "http://localhost:3060")));
    }

    /** A browser that kept a tab open, and no guesser. */
    @Test
    void link_that_is_over_is_told_so_and_is_no_try() {
        String text = text(ONCE);
        GateRequest late = at("POST", text).build();
        Decision expired = new Decision.LinkRefused(410, "This link has expired.");
        assertEquals(expired, builder.build().tryPin(late, "", NOW.plusSeconds(300)));
        assertEquals(expired, builder.build().decide(at("GET", text).build(), NOW.plusSeconds(300)));
        builder.keys(KEYS.withEpoch(1));
        Decision ended = new Decision.LinkRefused(410, "This link has ended, since everybody was signed out.");
        assertEquals(ended, press(text));
        assertEquals(ended, look(text));
        assertEquals(List.of(), limiter.calls);
        assertEquals(List.of(), used);
    }

    @Test
    void forged_link_is_counted_and_a_good_one_never_held_up() {
        Decision forged = new Decision.LinkRefused(403, "This link is none of this gate's.");
        assertEquals(forged, press(text(ONCE) + "A"));
        assertEquals(new Decision.Throttled(RecordingLimiter.WAIT, "/"), look(text(ONCE) + "A"));
        assertEquals(List.of("reserve 192.0.2.1", "reserve 192.0.2.1"), limiter.calls);
        assertEquals(new Decision.ShowLink(ONCE), look(text(ONCE)));
        assertInstanceOf(Decision.Unlock.class, press(text(ONCE)));
        assertEquals(2, limiter.calls.size());
    }

    @Test
    void everything_else_signed_is_no_link() {
        SignInLinks links = new SignInLinks(KEYS);
        String token = new AccessTokens(KEYS).sign(AccessToken.fresh("a", NOW.plus(DAY), List.of()), NOW);
        TokenCodec cookies = new TokenCodec(KEYS, DAY);
        for (String other : List.of(
                token,
                token.replace("pgt1.", "pgl1."),
                cookies.encode(cookies.issue(NOW)),
                "",
                "pgl1.",
                new PassCodec("pgl1.", "pingate-token", KEYS).encode(ONCE.format()),
                new PassCodec("pgl1.", "pingate-link", KEYS).encode("x"))) {
            assertEquals(new PassVerdict.Forged<>(), links.verify(other, NOW), other);
        }
        assertFalse(new AccessTokens(KEYS).verify(text(ONCE), NOW) instanceof PassVerdict.Valid);
        assertInstanceOf(
                Decision.Unauthorized.class,
                builder.build()
                        .decide(
                                Requests.of("GET", "/", "Cookie", "pingate=" + text(ONCE))
                                        .build(),
                                NOW));
        for (int i = 0; i < text(ONCE).length(); i++) {
            assertEquals(new PassVerdict.Forged<>(), links.verify(text(ONCE).substring(0, i), NOW));
        }
    }

    @Test
    void links_live_below_the_gates_path_alone() {
        builder.gatePath("/gate");
        assertInstanceOf(Decision.Unauthorized.class, look(text(ONCE)));
        assertEquals(
                new Decision.ShowLink(ONCE),
                builder.build()
                        .decide(Requests.of("GET", "/gate/link/" + text(ONCE)).build(), NOW));
        builder.gatePath("/pin");
        assertInstanceOf(
                Decision.Unauthorized.class,
                builder.build().decide(Requests.of("GET", "/pin/link").build(), NOW));
    }

    @Test
    void link_is_signed_for_as_long_as_it_may_be() {
        SignInLinks links = new SignInLinks(KEYS);
        assertEquals(new PassVerdict.Valid<>(GUEST), links.verify(links.sign(GUEST, NOW, DAY), NOW));
        var tooLong = assertThrows(InvalidValueException.class, () -> links.sign(GUEST, NOW, DAY.minusSeconds(1)));
        assertTrue(tooLong.rule().contains("86399 seconds"), tooLong.rule());
        assertThrows(InvalidValueException.class, () -> links.sign(GUEST, NOW.plus(DAY), DAY));
    }

    @Test
    void link_is_refused_when_a_part_of_it_breaks_a_rule() {
        assertThrows(InvalidValueException.class, () -> new SignInLink("x", NOW, false, "/"));
        assertThrows(InvalidValueException.class, () -> new SignInLink(ID, NOW.plusNanos(1), false, "/"));
        assertThrows(InvalidValueException.class, () -> new SignInLink(ID, Instant.ofEpochSecond(-1), false, "/"));
        assertEquals(
                0, new SignInLink(ID, Instant.EPOCH, false, "/").expiresAt().getEpochSecond());
        for (String next : List.of("", "x", "//evil.test", "https://evil.test", "/\\evil", "/a\n/b", "/ü")) {
            assertThrows(InvalidValueException.class, () -> SignInLink.fresh(NOW, false, next), next);
        }
        assertNotEquals(
                SignInLink.fresh(NOW, false, "/").id(),
                SignInLink.fresh(NOW, false, "/").id());
        assertEquals(NOW, SignInLink.fresh(NOW.plusMillis(5), true, "/").expiresAt());
    }

    @Test
    void nothing_else_is_read_as_a_link() {
        assertEquals(Optional.of(ONCE), SignInLink.parse(ONCE.format()));
        assertEquals(Optional.of(GUEST), SignInLink.parse(GUEST.format()));
        for (String other : List.of(
                "",
                "\n\n\n",
                ID + "\n1\nonce",
                ID + "\n1\nonce\n/\n",
                ID + "\n1\nOnce\n/",
                ID + "\n01\nonce\n/",
                ID + "\n\nonce\n/",
                "x\n1\nonce\n/",
                ID + "\n1\nguest\n//evil.test")) {
            assertEquals(Optional.empty(), SignInLink.parse(other), other);
        }
    }
}
