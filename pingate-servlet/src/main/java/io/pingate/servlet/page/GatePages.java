package io.pingate.servlet.page;

import io.pingate.PinGatePaths;
import io.pingate.proxy.ErrorShape;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The answers that the gate gives itself: pages for people, small JSON bodies for programs. Nothing may store them. */
public final class GatePages {
    private static final HtmlPage SIGN_IN = HtmlPage.load("sign-in.html");
    private static final HtmlPage SIGNED_IN = HtmlPage.load("signed-in.html");
    private static final HtmlPage LINK = HtmlPage.load("link.html");
    private static final HtmlPage ERROR = HtmlPage.load("error.html");
    static final Answer HEALTHY = Answer.json(200, "{\"status\":\"up\"}");

    private static final String DESCRIBED = " aria-describedby=\"error\"";

    private final PinGatePaths paths;
    private final HtmlPage form;
    private final HtmlPage signedIn;

    /**
     * Prepares the pages of a gate.
     *
     * @param paths where the gate's pages live
     * @param keypad whether digits are enough to type the PIN
     * @param lifetime how long a sign-in lasts
     */
    public GatePages(PinGatePaths paths, boolean keypad, Duration lifetime) {
        this.paths = paths;
        this.form = SIGN_IN.withMarkup("keypad", keypad ? " inputmode=\"numeric\"" : "")
                .with("lifetime", lifetime.toDays() == 1 ? "1 day" : lifetime.toDays() + " days");
        this.signedIn = SIGNED_IN.with("logout", paths.logout());
    }

    Answer form(Audience audience, String next) {
        return Answer.html(200, form(audience, next, "", ""));
    }

    Answer wrongPin(Audience audience, String next) {
        String invalid = " aria-invalid=\"true\"" + DESCRIBED;
        return Answer.html(401, form(audience, next, "That is not the PIN. Try again.", invalid));
    }

    Answer throttled(Audience audience, String next, Duration retryAfter, ErrorShape shape) {
        // Rounded up: a client that comes back after exactly so many seconds must not be early.
        long seconds = Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
        String wait = seconds == 1 ? "1 second" : seconds + " seconds";
        // Nobody looked at this PIN, so it isn't called wrong.
        String error = "Too many wrong tries. Try again in " + wait + ".";
        Answer answer = audience.html() || audience.isAt(paths)
                ? Answer.html(429, form(audience, next, error, DESCRIBED))
                : Answer.json(429, JsonErrors.of(shape, 429, error));
        return answer.with("Retry-After", Long.toString(seconds));
    }

    /** JSON for fetch, API clients, event streams and sockets, which can't do anything with a form. */
    Answer unauthorized(Audience audience, String next, @Nullable String reason, ErrorShape shape) {
        Answer answer = audience.html()
                ? Answer.html(401, formInPlace(audience, next, reason))
                : Answer.json(401, JsonErrors.signInRequired(shape, paths.form(), reason));
        return answer.with("X-Pingate", "sign-in");
    }

    private HtmlPage formInPlace(Audience audience, String next, @Nullable String reason) {
        if (reason != null) {
            return form(audience, next, reason, DESCRIBED);
        }
        return audience.isReading()
                ? form(audience, next, "", "")
                : form(audience, next, "You are not signed in, so what you sent has not gone through.", DESCRIBED);
    }

    Answer signedIn(String next) {
        return Answer.html(200, signedIn.with("next", next));
    }

    Answer link(boolean guest) {
        String kind = guest
                ? "This link lets you in as a guest, until it ends."
                : "This link signs this browser in, once and without the PIN.";
        return Answer.html(200, LINK.with("kind", kind)).keepingItsAddress();
    }

    /** With the form, which is the other way in. */
    Answer linkRefused(Audience audience, int status, String reason, String next) {
        Answer answer = audience.html()
                ? Answer.html(status, form(audience, next, reason, DESCRIBED))
                : Answer.json(status, JsonErrors.of(ErrorShape.PLAIN, status, reason));
        return answer.keepingItsAddress();
    }

    /**
     * Answers with an error: a page for browsers, JSON for everybody else.
     *
     * @param audience who reads it
     * @param status the status code, 4xx or 5xx
     * @param message one sentence that names no server, version or address
     * @param shape how the JSON looks
     * @return the answer
     */
    public static Answer error(Audience audience, int status, String message, ErrorShape shape) {
        if (!audience.html()) {
            return Answer.json(status, JsonErrors.of(shape, status, message));
        }
        boolean repeatable = status >= 500 && audience.method().equals("GET");
        return Answer.html(
                status,
                ERROR.with("status", Integer.toString(status))
                        .withMarkup("again", repeatable ? "<a class=\"button\" href=\"\">Try again</a>\n" : "")
                        .with("message", message));
    }

    /** The same where it makes no difference for which route the request is. */
    public static Answer error(Audience audience, int status, String message) {
        return error(audience, status, message, ErrorShape.PLAIN);
    }

    private HtmlPage form(Audience audience, String next, String error, String state) {
        boolean here = audience.isAt(paths);
        String alert = "<p class=\"error\" id=\"error\" role=\"alert\">" + HtmlPage.escape(error) + "</p>\n";
        String link = "<p><a href=\"" + HtmlPage.escape(paths.formFor(next)) + "\">Open the sign-in page</a></p>\n";
        // Sent to where it is, the form keeps the fragment of its address, which browsers then take along to the page.
        return form.with("action", here ? "" : paths.form())
                .withMarkup("state", state)
                .withMarkup("error", error.isEmpty() ? "" : alert)
                .withMarkup("link", here ? "" : link)
                .with("next", next);
    }
}
