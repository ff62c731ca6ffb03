package io.pingate.servlet.page;

import io.pingate.proxy.ErrorShape;
import java.util.Map;

/** Errors of the gate's own: pages for browsers, small JSON bodies for programs. */
public final class ErrorPages {
    /** After how many seconds a page asks again by itself, when the program behind the gate gave no answer. */
    private static final int RETRY_SECONDS = 5;

    private final Dress dress;

    /** Errors in the dress of the gate's other pages. */
    public ErrorPages(Dress dress) {
        this.dress = dress;
    }

    /**
     * Answers with an error.
     *
     * @param audience who reads it
     * @param status the status code, 4xx or 5xx
     * @param reason one English sentence that names no server, version or address
     * @param shape how the JSON looks
     * @return the answer
     */
    public Answer answer(Audience audience, int status, String reason, ErrorShape shape) {
        if (!audience.html()) {
            return Answer.json(status, JsonErrors.of(shape, status, reason));
        }
        Words words = dress.words(audience);
        String kind = "error." + kind(status);
        boolean retry = (status == 502 || status == 503 || status == 504) && audience.navigates();
        return dress.page(
                audience,
                status,
                Dress.Kind.ERROR,
                words.get(kind + ".heading"),
                Map.of(
                        "text", words.get(kind + ".text"),
                        "status", Integer.toString(status),
                        "reason", Html.escape(reason),
                        "hint", hint(words, status),
                        "again", retry ? again(words) : "",
                        "refresh", retry ? Countdown.refresh(RETRY_SECONDS, "") : ""));
    }

    /** The same where it makes no difference for which route the request is. */
    public Answer answer(Audience audience, int status, String reason) {
        return answer(audience, status, reason, ErrorShape.PLAIN);
    }

    /** For whoever runs the gate: which setting it is about. */
    private static String hint(Words words, int status) {
        return status == 502 || status == 504
                ? "<p class=\"hint\">" + words.get("error." + kind(status) + ".hint") + "</p>\n"
                : "";
    }

    private static String again(Words words) {
        return "<p>" + words.get("error.retry", Countdown.timer(RETRY_SECONDS, "")) + "</p>\n"
                + "<a class=\"button\" href=\"\">" + words.get("error.again") + "</a>\n";
    }

    private static String kind(int status) {
        return switch (status) {
            case 400, 405, 415, 426 -> "bad";
            case 403 -> "forbidden";
            case 404 -> "missing";
            case 408 -> "late";
            case 413 -> "large";
            case 421 -> "name";
            case 431 -> "fields";
            case 502 -> "down";
            case 504 -> "slow";
            default -> "other";
        };
    }
}
