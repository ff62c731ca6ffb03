package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinGateTryPinTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    /** From token-vectors.txt: made by openssl, 30 days from NOW. */
    private static final String SET_COOKIE =
            "pingate=1792592000.3d69d47de27a90528d96d9dda0284d8c491820905e1e76e5de183bd8b211412c"
                    + "; Path=/; Max-Age=2592000; Expires=Wed, 21 Oct 2026 14:13:20 GMT; HttpOnly; SameSite=Lax";

    private final RecordingLimiter limiter = new RecordingLimiter(1);
    private String pin = "1234";

    private Decision tryPin(Requests request, String form) {
        return PinGate.builder()
                .pin(Pin.of(pin))
                .keys(KeyRing.of(SigningKey.of("secret")).withPrevious(SigningKey.of("old")))
                .limiter(limiter)
                .build()
                .tryPin(request.build(), form, NOW);
    }

    private Decision tryPin(String form) {
        return tryPin(Requests.form(), form);
    }

    @Test
    void unlocks_with_a_cookie_that_openssl_would_make() {
        assertEquals(new Decision.Unlock("/", SET_COOKIE), tryPin("pin=1234"));
        assertEquals(
                new Decision.Unlock("/", SET_COOKIE + "; Secure"),
                tryPin(Requests.form().withScheme("HTTPS"), "pin=1234"));
    }

    @Test
    void asks_whoever_checks_pins_in_the_builders_place() {
        List<String> typed = new ArrayList<>();
        PinGate gate = PinGate.builder()
                .pin(Pin.of(pin))
                .keys(KeyRing.of(SigningKey.of("secret")))
                .limiter(new RecordingLimiter(2))
                .pinCheck((own, text) -> typed.add(text) && !own.matches(text))
                .build();

        assertEquals(new Decision.WrongPin("/", 1), gate.tryPin(Requests.form().build(), "pin=1234", NOW));
        assertInstanceOf(Decision.Unlock.class, gate.tryPin(Requests.form().build(), "pin=%C3%A4", NOW));
        assertEquals(List.of("1234", "ä"), typed);
    }

    @Test
    void returns_to_next() {
        assertEquals(new Decision.Unlock("/a?b=c%20d", SET_COOKIE), tryPin("next=%2Fa%3Fb%3Dc%2520d&pin=1234"));
        assertEquals(new Decision.WrongPin("/a", 0), tryPin("next=/a&pin=1"));
        assertEquals(new Decision.Throttled(RecordingLimiter.WAIT, "/a"), tryPin("next=/a&pin=1"));
    }

    @Test
    void returns_to_what_the_query_says_when_the_form_says_nothing() {
        Requests there =
                Requests.of("POST", "/pin?x=1&next=%2Fa%3Fb").with("Content-Type", "application/x-www-form-urlencoded");
        assertEquals(new Decision.Unlock("/a?b", SET_COOKIE), tryPin(there, "pin=1234"));
        assertEquals(new Decision.Unlock("/c", SET_COOKIE), tryPin(there, "pin=1234&next=/c"));
        assertEquals(new Decision.Unlock("/", SET_COOKIE), tryPin(there, "pin=1234&next="));
        Requests evil = Requests.of("POST", "/pin/check?next=//evil.example&pin=1234")
                .with("Content-Type", "application/x-www-form-urlencoded");
        assertEquals(new Decision.Unlock("/", SET_COOKIE), tryPin(evil, "pin=1234"));
        assertEquals(new Decision.WrongPin("/a?b", 0), tryPin(there, "pin=1"));
        assertEquals(new Decision.Throttled(RecordingLimiter.WAIT, "/a?b"), tryPin(there, "pin=1"));
    }

    @Test
    void takes_no_pin_from_the_query() {
        Requests there = Requests.of("POST", "/pin?pin=1234").with("Content-Type", "application/x-www-form-urlencoded");
        assertEquals(new Decision.WrongPin("/", 0), tryPin(there, ""));
    }

    @Test
    void unlocks_when_next_is_bad() {
        assertEquals(new Decision.Unlock("/", SET_COOKIE), tryPin("pin=1234&next=https://evil.example/"));
        assertEquals(new Decision.Unlock("/", SET_COOKIE), tryPin("pin=1234&next=%"));
    }

    @Test
    void gives_the_try_back_when_the_pin_is_right() {
        tryPin("pin=1234");

        assertEquals(List.of("reserve 192.0.2.1", "giveBack 192.0.2.1"), limiter.calls);
    }

    @Test
    void counts_the_try_when_the_pin_is_wrong() {
        assertEquals(new Decision.WrongPin("/", 0), tryPin("pin=4321"));

        assertEquals(List.of("reserve 192.0.2.1"), limiter.calls);
    }

    @Test
    void forgives_spaces_and_hyphens_between_the_digits_for_the_price_of_one_try() {
        assertEquals(new Decision.Unlock("/", SET_COOKIE), tryPin("pin=12-34"));
        assertEquals(new Decision.Unlock("/", SET_COOKIE), tryPin("pin=+1+2%E2%80%9334"));
        assertEquals(new Decision.WrongPin("/", 0), tryPin("pin=12-35"));
        assertEquals(
                List.of(
                        "reserve 192.0.2.1",
                        "giveBack 192.0.2.1",
                        "reserve 192.0.2.1",
                        "giveBack 192.0.2.1",
                        "reserve 192.0.2.1"),
                limiter.calls);
    }

    @Test
    void does_not_look_at_the_pin_when_throttled() {
        tryPin("pin=4321");

        assertEquals(new Decision.Throttled(RecordingLimiter.WAIT, "/"), tryPin("pin=1234"));
        assertEquals(List.of("reserve 192.0.2.1", "reserve 192.0.2.1"), limiter.calls);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 30 * 86_400, -1, -86_400 * 365, 86_400 * 365})
    void counts_by_the_cookie_when_it_is_authentic(long secondsLeft) {
        Instant expiresAt = NOW.plusSeconds(secondsLeft);
        String token =
                new TokenCodec(KeyRing.of(SigningKey.of("old")), Duration.ofDays(30)).encode(new GateToken(expiresAt));

        tryPin(Requests.form("Cookie", "pingate=x; pingate=" + token), "pin=1234");

        String holder = "Holder[expiresAt=" + expiresAt + "]";
        assertEquals(List.of("reserve " + holder, "giveBack " + holder), limiter.calls);
    }

    @Test
    void counts_by_the_address_when_the_cookie_is_forged() {
        String token = new TokenCodec(KeyRing.of(SigningKey.of("guess")), Duration.ofDays(30))
                .encode(new GateToken(NOW.plusSeconds(1)));

        tryPin(Requests.form("Cookie", "pingate=" + token), "pin=4321");

        assertEquals(List.of("reserve 192.0.2.1"), limiter.calls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pin",
                "pin=",
                "pin=+",
                "PIN=1234",
                "pin=1234&pin=1234",
                "pin=1&pin=1234",
                "pin=1234&%70in=9",
                "pin=%",
                "pin=%31%3",
                "pin=1234%00",
                "pin=1234;next=/",
                "{\"pin\":\"1234\"}",
                "&&&=&",
                "pin=%FF%FE",
                "pin=1%2534"
            })
    void takes_any_other_form_for_a_wrong_pin(String form) {
        assertEquals(new Decision.WrongPin("/", 0), tryPin(form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pin=1234", "pin=%31%32%33%34", "pin=+1234+", "a=b&pin=1234&&c", "%70in=1234"})
    void reads_the_form_as_browsers_write_it(String form) {
        assertInstanceOf(Decision.Unlock.class, tryPin(form));
    }

    @Test
    void reads_a_pin_of_any_script() {
        pin = "schlüssel +%";

        assertInstanceOf(Decision.Unlock.class, tryPin("pin=schl%C3%BCssel+%2B%25"));
        assertInstanceOf(Decision.Unlock.class, tryPin("pin=schl\u00C3\u00BCssel+%2B%"));
    }

    private void assertRefused(int status, Decision decision) {
        assertEquals(status, assertInstanceOf(Decision.Refuse.class, decision).status());
        assertTrue(limiter.calls.isEmpty(), "a refused form costs no try");
    }

    @Test
    void refuses_a_form_of_another_site() {
        for (String[] header :
                new String[][] {{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Origin", "null"}
                }) {
            var foreign = assertInstanceOf(Decision.ForeignForm.class, tryPin(Requests.form(header), "pin=1234"));
            assertEquals(header[0], foreign.field());
            assertEquals(header[1], foreign.value());
            assertEquals("localhost:3060", foreign.host());
        }
        assertTrue(limiter.calls.isEmpty(), "a refused form costs no try");
    }

    @Test
    void takes_a_form_of_its_own_page() {
        assertInstanceOf(
                Decision.Unlock.class,
                tryPin(Requests.form("Origin", "http://localhost:3060", "Sec-Fetch-Site", "same-origin"), "pin=1234"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/json",
                "multipart/form-data; boundary=x",
                "",
                "application/x-www-form-urlencodedx"
            })
    void refuses_another_content_type(String type) {
        assertRefused(415, tryPin(Requests.of("POST", "/pin/check", "Content-Type", type), "pin=1234"));
    }

    @Test
    void refuses_none_or_two_content_types() {
        assertRefused(415, tryPin(Requests.of("POST", "/pin/check"), "pin=1234"));
        assertRefused(415, tryPin(Requests.form("Content-Type", "text/plain"), "pin=1234"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Application/X-WWW-Form-Urlencoded",
                "application/x-www-form-urlencoded; charset=UTF-8",
                "application/x-www-form-urlencoded ;x"
            })
    void takes_the_content_type_in_any_spelling(String type) {
        assertInstanceOf(
                Decision.Unlock.class, tryPin(Requests.of("POST", "/pin/check", "Content-Type", type), "pin=1234"));
    }

    @Test
    void refuses_a_form_above_4_kib() {
        String form = "pin=1234&x=" + "y".repeat(PinGate.MAX_FORM_BYTES - 11);

        assertInstanceOf(Decision.Unlock.class, tryPin(form));
        limiter.calls.clear();
        assertRefused(413, tryPin(form + "y"));
    }
}
