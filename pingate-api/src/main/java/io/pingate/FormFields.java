package io.pingate;

import io.pingate.http.syntax.Ascii;
import io.pingate.http.syntax.PercentEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of {@code application/x-www-form-urlencoded} text (WHATWG URL section 5), one char per byte. */
final class FormFields {
    private FormFields() {}

    static List<String> all(String form, String name) {
        List<String> values = new ArrayList<>(1);
        for (String field : form.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals >= 0 && decode(field.substring(0, equals)).equals(name)) {
                values.add(decode(field.substring(equals + 1)));
            }
        }
        return values;
    }

    static @Nullable String first(String form, String name) {
        List<String> values = all(form, name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** Encodes so that a form decoder returns the very same text; leaves paths readable. */
    static String encode(String bytes) {
        return PercentEncoding.encode(bytes, FormFields::stays);
    }

    private static boolean stays(int b) {
        return Ascii.isAlphanumeric(b) || "-._~/".indexOf(b) >= 0;
    }

    private static String decode(String text) {
        return PercentEncoding.decode(text.replace('+', ' '));
    }
}
