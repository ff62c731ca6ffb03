package io.pingate.servlet.head;

import io.pingate.http.HeaderFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The field lines of one request, read once from the container and looked at many times after.
 *
 * <p>There is a bound on their number, since a container may compare each name with every other one: 40 KiB hold 6,600
 * of them. A browser sends some 20, HTTP/2 one more for each cookie (browsers keep up to 180 for a site), proxies add a
 * handful each.
 */
final class FieldLines implements HeaderFields {
    private static final int MAX_LINES = 400;

    private static final int USUAL_LINES = 32;
    private static final String COOKIE = "Cookie";

    /** Name, value, name, value. */
    private String[] texts = new String[2 * USUAL_LINES];

    private int length;

    /** Before one more is taken. */
    static void requireBounded(int lines) {
        if (lines >= MAX_LINES) {
            throw new HeadTooLargeException("it has more than " + MAX_LINES + " header fields");
        }
    }

    void add(String name, @Nullable String value) {
        requireBounded(length / 2);
        if (length == texts.length) {
            texts = Arrays.copyOf(texts, 2 * length);
        }
        texts[length] = name;
        texts[length + 1] = value == null ? "" : value;
        length += 2;
    }

    /** Puts a value in the place of the first field of a name, or at the front of all. */
    void set(String name, String value) {
        int line = find(name, 0);
        if (line < length) {
            texts[line + 1] = value;
            return;
        }
        add(name, value);
        System.arraycopy(texts, 0, texts, 2, length - 2);
        texts[0] = name;
        texts[1] = value;
    }

    /**
     * Makes one Cookie field of several. Browsers give each cookie a field of its own in HTTP/2, which is to become one
     * field again before it leaves HTTP/2 (RFC 9113 section 8.2.3); most programs read one only.
     */
    void joinCookies() {
        int first = find(COOKIE, 0);
        if (find(COOKIE, first + 2) >= length) {
            return;
        }
        String joined = String.join("; ", all(COOKIE));
        int kept = first + 2;
        for (int line = kept; line < length; line += 2) {
            if (!texts[line].equalsIgnoreCase(COOKIE)) {
                texts[kept] = texts[line];
                texts[kept + 1] = texts[line + 1];
                kept += 2;
            }
        }
        texts[first + 1] = joined;
        length = kept;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int line = 0; line < length; line += 2) {
            action.accept(texts[line], texts[line + 1]);
        }
    }

    @Override
    public @Nullable String first(String name) {
        int line = find(name, 0);
        return line < length ? texts[line + 1] : null;
    }

    @Override
    public List<String> all(String name) {
        int line = find(name, 0);
        if (line >= length) {
            return List.of();
        }
        List<String> values = new ArrayList<>(1);
        for (; line < length; line = find(name, line + 2)) {
            values.add(texts[line + 1]);
        }
        return values;
    }

    /** The place of a field of this name, at or after a place; past the end when there is none. */
    private int find(String name, int from) {
        int line = from;
        while (line < length && !texts[line].equalsIgnoreCase(name)) {
            line += 2;
        }
        return line;
    }
}
