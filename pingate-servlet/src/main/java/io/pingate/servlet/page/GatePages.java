package io.pingate.servlet.page;

import io.pingate.PinGatePaths;
import io.pingate.proxy.ErrorShape;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** The answers that the gate gives itself: pages for people, small JSON bodies for programs. Nothing may store them. */
public final class GatePages {
    static final Answer HEALTHY = Answer.json(200, "{\"status\":\"up\"}");

    private static final String DESCRIBED = " aria-describedby=\"error\"";
    private static final String INVALID = " aria-invalid=\"true\"" + DESCRIBED;

    private final Dress dress;
    private final ErrorPages errors;
    private final PinGatePaths paths;
    private final boolean keypad;
    private final Duration lifetime;
    private final InstantSource clock;

    /**
     * Prepares the pages of a gate.
     *
     * @param dress what they look like
     * @param paths where the gate's pages live
     * @param keypad whether digits are enough to type the PIN
     * @param lifetime how long a sign-in lasts
     * @param clock tells until when that is
     */
    public GatePages(Dress dress, PinGatePaths paths, boolean keypad, Duration lifetime, InstantSource clock) {
        this.dress = dress;
        this.errors = new ErrorPages(dress);
        this.paths = paths;
        this.keypad = keypad;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** {@return the gate's errors, in the same dress} */
    public ErrorPages errors() {
        return errors;
    }

    Answer form(Audience audience, String next, boolean signedOut) {
        Form form = new Form(audience, next);
        return signedOut ? form.note("form.out").answer(200) : form.answer(200);
    }

    Answer wrongPin(Audience audience, String next, int triesLeft) {
        Form form = new Form(audience, next);
        String left =
                triesLeft == 0 ? form.words.get("form.last") : form.words.get("form.left", Integer.toString(triesLeft));
        return form.alert("form.wrong", "<br>" + left, INVALID).answer(401);
    }

    Answer throttled(Audience audience, String next, Duration retryAfter) {
        // Rounded up: a client that comes back after exactly so many seconds must not be early.
        long seconds = Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
        // Nobody looked at this PIN, so it isn't called wrong.
        return new Form(audience, next).throttled(seconds).answer(429).with("Retry-After", Long.toString(seconds));
    }

    /** JSON for fetch, API clients, event streams and sockets, which can't do anything with a form. */
    Answer unauthorized(Audience audience, String next, ErrorShape shape) {
        Answer answer = audience.html()
                ? formInPlace(audience, next).answer(401)
                : Answer.json(401, JsonErrors.signInRequired(shape, paths.form()));
        return answer.with("X-Pingate", "sign-in");
    }

    private Form formInPlace(Audience audience, String next) {
        Form form = new Form(audience, next);
        return audience.isReading() ? form : form.alert("form.lost", "", DESCRIBED);
    }

    Answer signedIn(Audience audience, String next, Instant expiresAt) {
        Words words = dress.words(audience);
        return dress.page(
                audience,
                200,
                Dress.Kind.SIGNED_IN,
                words.get("in.heading"),
                Map.of(
                        "until", words.get("in.until", time(expiresAt)),
                        "next", Html.escape(next),
                        "logout", paths.logout()));
    }

    /** In a form that every language reads; the page's script writes it as its reader does. */
    private static String time(Instant instant) {
        Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
        String text = second.toString();
        return "<time datetime=\"" + text + "\">" + text.substring(0, 10) + " " + text.substring(11, 16)
                + " UTC</time>";
    }

    private static String day(Instant instant) {
        String text = instant.truncatedTo(ChronoUnit.SECONDS).toString();
        return "<time class=\"day\" datetime=\"" + text + "\">" + text.substring(0, 10) + "</time>";
    }

    /** One answer that shows the form. */
    private final class Form {
        private final Audience audience;
        private final Words words;
        private final String next;
        private final Map<String, String> slots = new HashMap<>();

        Form(Audience audience, String next) {
            this.audience = audience;
            this.words = dress.words(audience);
            this.next = next;

            boolean here =
                    audience.path().equals(paths.form()) || audience.path().equals(paths.check());
            // Sent to where it is, the form keeps the fragment of its address, which browsers then take along to the
            // page.
            slots.put("action", here ? "" : paths.form());
            slots.put(
                    "link",
                    here ? "" : "<p><a href=\"" + elsewhere() + "\">" + words.get("form.elsewhere") + "</a></p>\n");
            slots.put("keypad", keypad ? " inputmode=\"numeric\"" : "");
            slots.put("user", audience.host().isEmpty() ? "pingate" : Html.escape(audience.host()));
            slots.put("next", Html.escape(next));
            slots.put("lifetime", words.get("form.lifetime", day(clock.instant().plus(lifetime))));
            slots.put("state", "");
            slots.put("alert", "");
            slots.put("note", "");
        }

        Form note(String key) {
            slots.put("note", "<p class=\"note\" role=\"status\">" + words.get(key) + "</p>\n");
            return this;
        }

        Form alert(String key, String more, String state) {
            slots.put("state", state);
            slots.put("alert", "<p class=\"error\" id=\"error\" role=\"alert\">" + words.get(key) + more + "</p>\n");
            return this;
        }

        Form throttled(long seconds) {
            String timer = Countdown.timer(seconds, words.get("form.over"));
            alert("form.throttled", "", DESCRIBED);
            slots.computeIfPresent("alert", (slot, markup) -> markup.replace("{0}", timer));
            slots.put("refresh", Countdown.refresh(seconds, elsewhere()));
            return this;
        }

        Answer answer(int status) {
            return dress.page(audience, status, Dress.Kind.SIGN_IN, words.get("form.heading"), slots);
        }

        private String elsewhere() {
            return Html.escape(paths.formFor(next));
        }
    }
}
