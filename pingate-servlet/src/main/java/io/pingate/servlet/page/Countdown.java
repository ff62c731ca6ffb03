package io.pingate.servlet.page;

import java.util.Locale;

/** A wait that is shown: a clock that the page's script moves, and without scripts a page that asks again by itself. */
final class Countdown {
    private Countdown() {}

    /**
     * The clock. It isn't read out as it moves (WAI-ARIA 1.2, role timer).
     *
     * @param over what the line is replaced by when the wait is over, escaped
     */
    static String timer(long seconds, String over) {
        return "<b role=\"timer\" aria-live=\"off\" data-left=\"" + seconds + "\" data-over=\"" + over + "\">"
                + String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60) + "</b>";
    }

    /**
     * Where scripts run, nothing is loaded anew under somebody's hands (WCAG 2.2 success criterion 2.2.1).
     *
     * @param location where to go then, escaped; empty for the same page
     */
    static String refresh(long seconds, String location) {
        String url = location.isEmpty() ? "" : ";url=" + location;
        return "<noscript><meta http-equiv=\"refresh\" content=\"" + seconds + url + "\"></noscript>\n";
    }
}
