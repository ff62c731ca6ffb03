package io.pingate.http.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A list in a header field or a setting: entries between commas, empty ones ignored (RFC 9110 section 5.6.1.2). */
public final class CommaList {
    private CommaList() {}

    /**
     * Splits a list.
     *
     * @param text the list
     * @return its entries, as a list that may be changed
     */
    public static List<String> of(String text) {
        List<String> entries = new ArrayList<>(2);
        for (String part : text.split(",", -1)) {
            String entry = part.strip();
            if (!entry.isEmpty()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /**
     * Splits off the end of a list. What stands left of it isn't looked at, however long it is.
     *
     * @param text the list
     * @param atMost how many entries at most
     * @return the last entries, in order
     */
    public static List<String> last(String text, int atMost) {
        Deque<String> entries = new ArrayDeque<>();
        int end = text.length();
        while (end >= 0 && entries.size() < atMost) {
            int comma = text.lastIndexOf(',', end - 1);
            String entry = text.substring(comma + 1, end).strip();
            if (!entry.isEmpty()) {
                entries.addFirst(entry);
            }
            end = comma;
        }
        return List.copyOf(entries);
    }
}
