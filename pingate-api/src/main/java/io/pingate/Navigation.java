package io.pingate;

import io.pingate.http.HeaderFields;
import java.util.Locale;
import java.util.Set;

/** Tells whether somebody is looking at where this request leads, and so would see a form. */
final class Navigation {
    private static final Set<String> FRAMES = Set.of("iframe", "frame");
    private static final Set<String> PAGES = Set.of("document", "iframe", "frame", "fencedframe");

    private Navigation() {}

    static boolean is(GateRequest request) {
        HeaderFields headers = request.headers();
        return isRead(request)
                && acceptsHtml(headers)
                && isForPage(headers)
                && !anyContains(headers, "Upgrade", "websocket");
    }

    /**
     * By what Fetch Metadata says, if anything; without (plain http, old browsers), Accept must do. The mode has the last
     * word: a service worker that hands a page's request on says {@code navigate}, and a destination of {@code empty}.
     */
    private static boolean isForPage(HeaderFields headers) {
        String mode = headers.first("Sec-Fetch-Mode");
        if (mode != null) {
            return mode.equals("navigate");
        }
        String destination = headers.first("Sec-Fetch-Dest");
        return destination == null || PAGES.contains(destination);
    }

    /** A browser that doesn't say so, or a page that isn't fetched safely, is in none. */
    static boolean isInFrame(HeaderFields headers) {
        return FRAMES.contains(String.valueOf(headers.first("Sec-Fetch-Dest")));
    }

    static boolean acceptsHtml(HeaderFields headers) {
        return anyContains(headers, "Accept", "text/html");
    }

    static boolean isRead(GateRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static boolean anyContains(HeaderFields headers, String name, String part) {
        for (String value : headers.all(name)) {
            if (value.toLowerCase(Locale.ROOT).contains(part)) {
                return true;
            }
        }
        return false;
    }
}
