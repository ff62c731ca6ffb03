package io.pingate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pingate.http.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Header fields out of an input: a line each, name and value with a colon in between. */
final class Fields {
    private Fields() {}

    static String text(byte[] input) {
        return new String(input, ISO_8859_1);
    }

    static List<Map.Entry<String, String>> of(String text) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.add(Map.entry(
                        line.substring(0, colon), line.substring(colon + 1).strip()));
            }
        }
        return fields;
    }

    static List<String> lines(HeaderFields fields) {
        List<String> lines = new ArrayList<>();
        fields.forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    /** As programs that take {@code X-User}, {@code x_user} and {@code X.User} for one name see it. */
    static String folded(String name) {
        StringBuilder folded = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c < 0x80 && Character.isLetterOrDigit(c);
            folded.append(plain ? Character.toLowerCase(c) : '-');
        }
        return folded.toString();
    }
}
