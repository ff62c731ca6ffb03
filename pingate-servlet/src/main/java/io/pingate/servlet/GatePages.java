package io.pingate.servlet;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pingate.HeaderFields;
import io.pingate.PinGatePaths;
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
    private static final HtmlPage ERROR = HtmlPage.load("error.html");
    private static final byte[] HEALTHY = utf8("{\"status\":\"up\"}");
    private static final byte[] EMPTY = {};
    private static final String DESCRIBED = " aria-describedby=\"error\"";

    private final HtmlPage form;
    private final byte[] unauthorized;

    /**
     * Prepares the pages of a gate.
     *
     * @param paths where the form and its target live
     * @param keypad whether digits are enough to type the PIN
     * @param lifetime how long a sign-in lasts
     */
    GatePages(PinGatePaths paths, boolean keypad, Duration lifetime) {
        this.form = SIGN_IN.with("action", paths.check())
                .withMarkup("keypad", keypad ? " inputmode=\"numeric\"" : "")
                .with("lifetime", lifetime.toDays() == 1 ? "1 day" : lifetime.toDays() + " days");
        this.unauthorized = utf8("{\"error\":\"sign-in required\",\"signIn\":" + quoted(paths.form()) + "}");
    }

    void form(HttpServletResponse response, String next) throws IOException {
        form(response, HttpServletResponse.SC_OK, next, "", "");
    }

    void wrongPin(HttpServletResponse response, String next) throws IOException {
        String invalid = " aria-invalid=\"true\"" + DESCRIBED;
        form(response, HttpServletResponse.SC_UNAUTHORIZED, next, "That is not the PIN. Try again.", invalid);
    }

    void throttled(HttpServletResponse response, String next, Duration retryAfter) throws IOException {
        // Rounded up: a client that comes back after exactly so many seconds must not be early.
        long seconds = Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
        response.setHeader("Retry-After", Long.toString(seconds));
        String wait = seconds == 1 ? "1 second" : seconds + " seconds";
        // Nobody looked at this PIN, so it isn't called wrong.
        form(response, 429, next, "Too many wrong tries. Try again in " + wait + ".", DESCRIBED);
    }

    /** For fetch, API clients, event streams and sockets, which can't do anything with a form. */
    void unauthorized(HttpServletResponse response) throws IOException {
        response.setHeader("X-Pingate", "sign-in");
        json(response, HttpServletResponse.SC_UNAUTHORIZED, unauthorized);
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
     * @throws IOException when the client is gone
     */
    public static void error(HttpServletRequest request, HttpServletResponse response, int status, String message)
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
            json(response, status, utf8("{\"error\":" + quoted(message) + ",\"status\":" + status + "}"));
        }
    }

    /** The answer of a route to a CORS preflight: these fields, and nothing to read. */
    static void preflight(HttpServletResponse response, HeaderFields fields) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        fields.forEach(response::addHeader);
    }

    private void form(HttpServletResponse response, int status, String next, String error, String state)
            throws IOException {
        String alert = "<p class=\"error\" id=\"error\" role=\"alert\">" + HtmlPage.escape(error) + "</p>\n";
        html(
                response,
                status,
                form.withMarkup("state", state)
                        .withMarkup("error", error.isEmpty() ? "" : alert)
                        .with("next", next));
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
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", HtmlPage.POLICY);
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // Not no-referrer, which would turn the form's Origin into "null".
        response.setHeader("Referrer-Policy", "same-origin");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
