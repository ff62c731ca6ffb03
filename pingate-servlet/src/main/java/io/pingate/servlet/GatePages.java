package io.pingate.servlet;

import io.pingate.PinGatePaths;
import io.pingate.http.HeaderFields;
import io.pingate.proxy.ErrorShape;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The answers that the gate writes itself: pages for people, small JSON bodies for programs. Nothing may store them. */
public final class GatePages {
    private static final HtmlPage SIGN_IN = HtmlPage.load("sign-in.html");
    private static final HtmlPage SIGNED_IN = HtmlPage.load("signed-in.html");
    private static final HtmlPage ERROR = HtmlPage.load("error.html");
    private static final byte[] HEALTHY = utf8("{\"status\":\"up\"}");
    private static final byte[] EMPTY = {};
    private static final String DESCRIBED = " aria-describedby=\"error\"";

    /** A scheme that no browser knows, so that none of them asks for a name and a password (RFC 9110 section 11.6.1). */
    private static final String CHALLENGE = "Pingate realm=\"pingate\"";

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
    GatePages(PinGatePaths paths, boolean keypad, Duration lifetime) {
        this.paths = paths;
        this.form = SIGN_IN.withMarkup("keypad", keypad ? " inputmode=\"numeric\"" : "")
                .with("lifetime", lifetime.toDays() == 1 ? "1 day" : lifetime.toDays() + " days");
        this.signedIn = SIGNED_IN.with("logout", paths.logout());
    }

    void form(HttpServletRequest request, HttpServletResponse response, String next) throws IOException {
        html(response, HttpServletResponse.SC_OK, form(request, next, "", ""));
    }

    void wrongPin(HttpServletRequest request, HttpServletResponse response, String next) throws IOException {
        String invalid = " aria-invalid=\"true\"" + DESCRIBED;
        HtmlPage page = form(request, next, "That is not the PIN. Try again.", invalid);
        html(response, HttpServletResponse.SC_UNAUTHORIZED, page);
    }

    void throttled(HttpServletRequest request, HttpServletResponse response, String next, Duration retryAfter)
            throws IOException {
        // Rounded up: a client that comes back after exactly so many seconds must not be early.
        long seconds = Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
        response.setHeader("Retry-After", Long.toString(seconds));
        String wait = seconds == 1 ? "1 second" : seconds + " seconds";
        // Nobody looked at this PIN, so it isn't called wrong.
        html(response, 429, form(request, next, "Too many wrong tries. Try again in " + wait + ".", DESCRIBED));
    }

    /** JSON for fetch, API clients, event streams and sockets, which can't do anything with a form. */
    void unauthorized(HttpServletRequest request, HttpServletResponse response, String next, ErrorShape shape)
            throws IOException {
        response.setHeader("X-Pingate", "sign-in");
        if (!wantsHtml(request)) {
            String error = JsonErrors.signInRequired(shape, paths.form());
            json(response, HttpServletResponse.SC_UNAUTHORIZED, utf8(error));
            return;
        }
        boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        String lost = read ? "" : "You are not signed in, so what you sent has not gone through.";
        html(response, HttpServletResponse.SC_UNAUTHORIZED, form(request, next, lost, read ? "" : DESCRIBED));
    }

    void signedIn(HttpServletResponse response, String next) throws IOException {
        html(response, HttpServletResponse.SC_OK, signedIn.with("next", next));
    }

    void healthy(HttpServletResponse response) throws IOException {
        json(response, HttpServletResponse.SC_OK, HEALTHY);
    }

    /** RFC 9110 section 15.4.4: the answer to a POST is elsewhere, for GET. */
    void seeOther(HttpServletResponse response, String location) throws IOException {
        response.setHeader("Location", location);
        write(response, HttpServletResponse.SC_SEE_OTHER, EMPTY);
    }

    /**
     * Answers with an error: a page for browsers, JSON for everybody else.
     *
     * @param request what is answered
     * @param response uncommitted, its body still empty; headers that were set stay
     * @param status the status code, 4xx or 5xx
     * @param message one sentence that names no server, version or address
     * @param shape how the JSON looks
     * @throws IOException when the client is gone
     */
    public static void error(
            HttpServletRequest request, HttpServletResponse response, int status, String message, ErrorShape shape)
            throws IOException {
        if (wantsHtml(request)) {
            boolean repeatable = status >= 500 && request.getMethod().equals("GET");
            html(
                    response,
                    status,
                    ERROR.with("status", Integer.toString(status))
                            .withMarkup("again", repeatable ? "<a class=\"button\" href=\"\">Try again</a>\n" : "")
                            .with("message", message));
        } else {
            json(response, status, utf8(JsonErrors.of(shape, status, message)));
        }
    }

    /** Where it makes no difference for which route the request is. */
    static void error(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        error(request, response, status, message, ErrorShape.PLAIN);
    }

    /** What a route answers by itself: these fields, and nothing to read. */
    static void noContent(HttpServletResponse response, HeaderFields fields) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        fields.forEach(response::addHeader);
    }

    private HtmlPage form(HttpServletRequest request, String next, String error, String state) {
        String address = request.getRequestURI();
        boolean here = address.equals(paths.form()) || address.equals(paths.check());
        String alert = "<p class=\"error\" id=\"error\" role=\"alert\">" + HtmlPage.escape(error) + "</p>\n";
        String link = "<p><a href=\"" + HtmlPage.escape(paths.formFor(next)) + "\">Open the sign-in page</a></p>\n";
        // Sent to where it is, the form keeps the fragment of its address, which browsers then take along to the page.
        return form.with("action", here ? "" : paths.form())
                .withMarkup("state", state)
                .withMarkup("error", error.isEmpty() ? "" : alert)
                .withMarkup("link", here ? "" : link)
                .with("next", next);
    }

    private static boolean wantsHtml(HttpServletRequest request) {
        List<String> accept = Collections.list(request.getHeaders("Accept"));
        return accept.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("text/html"));
    }

    private static void html(HttpServletResponse response, int status, HtmlPage page) throws IOException {
        response.setContentType("text/html;charset=utf-8");
        write(response, status, utf8(page.html()));
    }

    private static void json(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setContentType("application/json");
        write(response, status, body);
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", CHALLENGE);
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", HtmlPage.POLICY);
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // Not no-referrer, which would turn the form's Origin into "null".
        response.setHeader("Referrer-Policy", "same-origin");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
