package io.pingate.servlet.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pingate.AccessToken;
import io.pingate.Decision;
import io.pingate.GateRequest;
import io.pingate.PinGatePaths;
import io.pingate.http.HeaderFields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final Heard heard = new Heard();
    private final GateListeners listeners = new GateListeners();
    private final GateEvents events = new GateEvents(listeners, PinGatePaths.under("/pin"));

    private static final class Heard implements GateListener {
        final List<String> events = new ArrayList<>();
        final List<GateEvent> whole = new ArrayList<>();
        final List<Outcome> outcomes = new ArrayList<>();

        @Override
        public void noted(GateEvent event) {
            whole.add(event);
            events.add(event.kind().label() + (event.detail() == null ? "" : " " + event.detail()));
        }

        @Override
        public void judged(Outcome outcome) {
            outcomes.add(outcome);
        }
    }

    @BeforeEach
    void listen() {
        listeners.add(heard);
    }

    private static GateRequest request(String target) {
        return GateRequest.builder()
                .method("POST")
                .target(target)
                .headers(HeaderFields.of("User-Agent", "curl/8", "Cookie", "pingate=secret"))
                .client("203.0.113.7")
                .build();
    }

    private void note(String target, Decision decision) {
        events.note(decision, request(target), NOW);
    }

    @Test
    void every_way_in_and_out_is_told() {
        note("/pin", new Decision.Unlock("/", "pingate=secret"));
        note("/pin", new Decision.WrongPin("/", 4));
        note("/pin", new Decision.Throttled(Duration.ofMinutes(1), "/"));
        note("/pin", new Decision.Refuse(403, "no", null));
        note("/pin", new Decision.ForeignForm("foreign", "Origin", "x", "y"));
        note("/pin/logout", new Decision.SignOut("/pin", List.of("pingate=")));
        note("/pin/link/secret", new Decision.Unlock("/", "pingate=secret"));
        note("/pin/link/secret", new Decision.LinkRefused(410, "used"));
        note("/", new Decision.Unauthorized("/", "revoked", false));
        events.signedOutAll(NOW);

        assertEquals(
                List.of(
                        "sign-in",
                        "wrong-pin",
                        "throttled",
                        "refused no",
                        "refused foreign",
                        "sign-out",
                        "link",
                        "link-refused used",
                        "token-refused revoked",
                        "sign-out-all"),
                heard.events);
    }

    @Test
    void a_token_is_told_by_its_id_and_a_cookie_not_at_all() {
        AccessToken token = AccessToken.fresh("backup", NOW.plusSeconds(60), List.of());
        note("/", new Decision.Admit(true, null, token, null));
        note("/", new Decision.Admit(true, null, null, null));
        note("/", new Decision.SignIn("/pin"));
        note("/", new Decision.Unauthorized("/"));

        assertEquals(List.of("token " + token.id()), heard.events);
    }

    @Test
    void outcome_of_each_decision_is_told_once() {
        AccessToken token = AccessToken.fresh("backup", NOW.plusSeconds(60), List.of());
        for (Decision decision : List.of(
                new Decision.Admit(true, null, null, null),
                new Decision.Admit(true, null, token, null),
                new Decision.Admit(false, null, null, null),
                new Decision.SignIn("/pin"),
                new Decision.Unauthorized("/"),
                new Decision.ShowForm("/", false),
                new Decision.Healthy(true),
                new Decision.TryPin(),
                new Decision.Refuse(403, "no", null),
                new Decision.Throttled(Duration.ofMinutes(1), "/"),
                new Decision.LinkRefused(410, "used"))) {
            events.judged(decision, request("/"), NOW);
        }
        events.judged(Outcome.UNREADABLE);

        assertEquals(
                List.of(
                        Outcome.SESSION,
                        Outcome.TOKEN,
                        Outcome.PUBLIC,
                        Outcome.SIGN_IN,
                        Outcome.SIGN_IN,
                        Outcome.PAGE,
                        Outcome.PAGE,
                        Outcome.FORM,
                        Outcome.REFUSED,
                        Outcome.REFUSED,
                        Outcome.REFUSED,
                        Outcome.UNREADABLE),
                heard.outcomes);
    }

    @Test
    void sender_has_no_query_no_cookie_and_no_link() {
        note("/pin?next=/secret", new Decision.WrongPin("/secret", 4));
        note("/pin/link/secret", new Decision.LinkRefused(410, "used"));

        GateEvent.Sender from = heard.whole.get(0).from();
        assertEquals("203.0.113.7", from.client().toString());
        assertEquals("POST /pin curl/8", from.method() + " " + from.path() + " " + from.userAgent());
        assertNull(heard.whole.get(1).from().path());
        assertFalse(heard.whole.toString().contains("secret"), heard.whole::toString);
    }

    @Test
    void nobody_hears_who_was_removed() {
        listeners.remove(heard);
        note("/pin", new Decision.WrongPin("/", 4));
        events.judged(new Decision.TryPin(), request("/pin"), NOW);

        assertEquals(List.of(), heard.events);
        assertEquals(List.of(), heard.outcomes);
    }
}
