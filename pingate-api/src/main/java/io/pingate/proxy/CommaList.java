package io.pingate.proxy;

import java.util.ArrayList;
import java.util.List;

/** A list in a header field or a setting: entries between commas, empty ones ignored (RFC 9110 section 5.6.1.2). */
final class CommaList {
    private CommaList() {}

    static List<String> of(String text) {
        List<String> entries = new ArrayList<>(2);
        for (String part : text.split(",", -1)) {
            String entry = part.strip();
            if (!entry.isEmpty()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
