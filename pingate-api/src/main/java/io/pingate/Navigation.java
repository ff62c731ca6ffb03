package io.pingate;

import java.util.Locale;
import java.util.Set;

/** Tells whether somebody is looking at where this request leads, and so would see a form. */
final class Navigation {
    /** What Fetch Metadata calls a page; without the field (plain http, old browsers) Accept must do. */
    private static final Set<String> PAGES = Set.of("document", "iframe", "frame", "fencedframe");

    private Navigation() {}

    static boolean is(GateRequest request) {
        HeaderFields headers = request.headers();
        String destination = headers.first("Sec-Fetch-Dest");
        return isRead(request)
                && anyContains(headers, "Accept", "text/html")
                && (destination == null || PAGES.contains(destination))
                && !anyContains(headers, "Upgrade", "websocket");
    }

    static boolean isRead(GateRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static boolean anyContains(HeaderFields headers, String name, String part) {
        return headers.all(name).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(part));
    }
}
