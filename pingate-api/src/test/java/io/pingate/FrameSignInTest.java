package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate in a frame of another site's page. */
class FrameSignInTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final String OWN = "HttpOnly; SameSite=Lax";
    private static final String IN_FRAME = "HttpOnly; SameSite=None; Secure; Partitioned";
    private static final String CLEARED = "pingate=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ";

    private final PinGateBuilder builder = PinGate.builder()
            .pin(Pin.of("1234"))
            .keys(KeyRing.of(SigningKey.of("secret")))
            .limiter(new RecordingLimiter(9))
            .inFrames(true);

    private static Requests https(Requests request) {
        return request.withScheme("https");
    }

    private String signIn(Requests form) {
        Decision in = builder.build().tryPin(form.build(), "pin=1234", NOW);
        return attributes(assertInstanceOf(Decision.Unlock.class, in).setCookie());
    }

    private static String attributes(String setCookie) {
        return setCookie.substring(setCookie.indexOf("HttpOnly"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iframe", "frame"})
    void cookie_is_for_frames_when_the_form_is_sent_from_one(String destination) {
        // As Chromium sends it from the gate's own form in a frame of another site's page.
        Requests form = https(Requests.form("Sec-Fetch-Dest", destination, "Sec-Fetch-Site", "same-origin"));
        assertEquals(IN_FRAME, signIn(form));
    }

    @ParameterizedTest
    @CsvSource({"https, document", "https, empty", "https, ''", "http, iframe"})
    void cookie_is_as_ever_elsewhere(String scheme, String destination) {
        Requests form = Requests.form("Sec-Fetch-Dest", destination).withScheme(scheme);
        assertEquals(OWN + (scheme.equals("https") ? "; Secure" : ""), signIn(form));
        assertEquals(OWN + "; Secure", signIn(https(Requests.form())));
    }

    @Test
    void cookie_is_as_ever_unless_frames_are_allowed() {
        builder.inFrames(false);
        assertEquals(OWN + "; Secure", signIn(https(Requests.form("Sec-Fetch-Dest", "iframe"))));
        assertEquals(
                new Decision.SignOut("/pin?signed-out", List.of(CLEARED + OWN + "; Secure")),
                builder.build().decide(https(Requests.of("POST", "/pin/logout")).build(), NOW));
    }

    @Test
    void form_of_another_site_is_refused_in_a_frame_too() {
        Requests form = https(Requests.form("Sec-Fetch-Dest", "iframe", "Sec-Fetch-Site", "cross-site"));
        assertInstanceOf(Decision.ForeignForm.class, builder.build().tryPin(form.build(), "pin=1234", NOW));
    }

    @Test
    void session_is_prolonged_as_it_began() {
        PinGate gate = builder.renew(true).build();
        Decision in =
                gate.tryPin(https(Requests.form("Sec-Fetch-Dest", "iframe")).build(), "pin=1234", NOW);
        String cookie = assertInstanceOf(Decision.Unlock.class, in).setCookie().split(";", 2)[0];
        Requests page = https(Requests.page("/").with("Cookie", cookie).with("Sec-Fetch-Dest", "iframe"));
        Decision later = gate.decide(page.build(), NOW.plus(Duration.ofDays(2)));
        String renewed = assertInstanceOf(Decision.Admit.class, later).setCookie();
        assertEquals(IN_FRAME, attributes(String.valueOf(renewed)));
    }

    @Test
    void both_cookies_are_cleared_by_a_sign_out() {
        PinGate gate = builder.build();
        assertEquals(
                new Decision.SignOut("/pin?signed-out", List.of(CLEARED + OWN + "; Secure", CLEARED + IN_FRAME)),
                gate.decide(https(Requests.of("POST", "/pin/logout")).build(), NOW));
        assertEquals(
                new Decision.SignOut("/pin?signed-out", List.of(CLEARED + OWN)),
                gate.decide(Requests.of("POST", "/pin/logout").build(), NOW));
    }
}
