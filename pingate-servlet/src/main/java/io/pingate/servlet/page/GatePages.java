package io.pingate.servlet.page;

import io.pingate.PinGatePaths;
import io.pingate.SignInLink;
import io.pingate.http.HeaderFields;
import io.pingate.proxy.ErrorShape;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers that the gate gives itself: pages for people, small JSON bodies for programs. Nothing may store them. */
public final class GatePages {
    static final Answer HEALTHY = Answer.json(200, "{\"status\":\"up\"}");
    static final Answer READY = Answer.json(200, "{\"status\":\"up\",\"upstream\":\"up\"}");
    static final Answer NOT_READY = Answer.json(503, "{\"status\":\"up\",\"upstream\":\"down\"}");

    private static final HeaderFields SIGN_IN_FIELD = HeaderFields.of("X-Pingate", "sign-in");
    /** By which a page behind the gate sees whether its session is still there: see {@link SelfHealing}. */
    private static final HeaderFields SIGNED_IN_FIELD = HeaderFields.of("X-Pingate", "signed-in");

    private static final String DESCRIBED = " aria-describedby=\"error\"";
    private static final String INVALID = " aria-invalid=\"true\"" + DESCRIBED;

    private final Dress dress;
    private final ErrorPages errors;
    private final PinGatePaths paths;
    private final boolean keypad;
    private final Duration lifetime;
    private final InstantSource clock;
    /** What strangers' programs get, which may be many. */
    private final Answer plainSignInRequired;

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
        this.plainSignInRequired = signInRequired(null, ErrorShape.PLAIN);
    }

    /** {@return the gate's errors, in the same dress} */
    public ErrorPages errors() {
        return errors;
    }

    Answer form(Audience audience, String next, boolean signedOut) {
        Form form = new Form(audience, next);
        Answer answer = signedOut ? form.note("form.out").answer(200) : form.answer(200);
        return answer.with(SIGN_IN_FIELD);
    }

    Answer wrongPin(Audience audience, String next, int triesLeft) {
        Form form = new Form(audience, next);
        String left =
                triesLeft == 0 ? form.words.get("form.last") : form.words.get("form.left", Integer.toString(triesLeft));
        return form.alert(form.words.get("form.wrong") + "<br>" + left, INVALID).answer(401);
    }

    Answer throttled(Audience audience, String next, Duration retryAfter, ErrorShape shape) {
        // Rounded up: a client that comes back after exactly so many seconds must not be early.
        long seconds = Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
        // Nobody looked at this PIN, so it isn't called wrong.
        Answer answer = audience.html() || audience.isAt(paths)
                ? new Form(audience, next).throttled(seconds).answer(429)
                : Answer.json(429, JsonErrors.of(shape, 429, "Too many wrong tries. Try again in " + seconds + " s."));
        return answer.with("Retry-After", Long.toString(seconds));
    }

    /** JSON for fetch, API clients, event streams and sockets, which can't do anything with a form. */
    Answer unauthorized(Audience audience, String next, @Nullable String reason, ErrorShape shape) {
        if (audience.html()) {
            return formInPlace(audience, next, reason).answer(401).with(SIGN_IN_FIELD);
        }
        return reason == null && shape == ErrorShape.PLAIN ? plainSignInRequired : signInRequired(reason, shape);
    }

    private Answer signInRequired(@Nullable String reason, ErrorShape shape) {
        return Answer.json(401, JsonErrors.signInRequired(shape, paths.form(), reason))
                .with(SIGN_IN_FIELD);
    }

    private Form formInPlace(Audience audience, String next, @Nullable String reason) {
        Form form = new Form(audience, next);
        if (reason != null) {
            return form.alert(Html.escape(reason), DESCRIBED);
        }
        return audience.isReading() ? form : form.alert(form.words.get("form.lost"), DESCRIBED);
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
                                "logout", paths.logout()))
                .with(SIGNED_IN_FIELD);
    }

    /** With a button: whoever looks at a link, also a program that previews it, uses nothing. */
    Answer link(Audience audience, SignInLink link) {
        Words words = dress.words(audience);
        String kind = link.guest() ? words.get("link.guest", time(link.expiresAt())) : words.get("link.once");
        return dress.page(audience, 200, Dress.Kind.LINK, words.get("link.heading"), Map.of("kind", kind))
                .keepingItsAddress();
    }

    /** With the form, which is the other way in. */
    Answer linkRefused(Audience audience, int status, String reason, String next) {
        if (!audience.html()) {
            return Answer.json(status, JsonErrors.of(ErrorShape.PLAIN, status, reason))
                    .keepingItsAddress();
        }
        Form form = new Form(audience, next);
        String key =
                switch (status) {
                    case 410 -> "link.over";
                    case 403 -> "link.unknown";
                    default -> "link.unusable";
                };
        return form.alert(form.words.get(key), DESCRIBED).answer(status).keepingItsAddress();
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

            boolean here = audience.isAt(paths);
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

        Form alert(String markup, String state) {
            slots.put("state", state);
            slots.put("alert", "<p class=\"error\" id=\"error\" role=\"alert\">" + markup + "</p>\n");
            return this;
        }

        Form throttled(long seconds) {
            String timer = Countdown.timer(seconds, words.get("form.over"));
            alert(words.get("form.throttled", timer), DESCRIBED);
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
