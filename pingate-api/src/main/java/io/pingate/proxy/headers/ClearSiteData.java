package io.pingate.proxy.headers;

import io.pingate.http.HeaderFields;
import io.pingate.http.syntax.CommaList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream wants a browser to forget of this site (Clear Site Data, section 3.1). It knows of no gate: the sign-out
 * of the program behind it is not the sign-out of the gate, whose cookie would go with {@code "cookies"}.
 */
public final class ClearSiteData {
    static final String NAME = "Clear-Site-Data";

    private static final String COOKIES = "cookies";
    private static final String EVERYTHING = "*";
    private static final List<String> ALL_BUT_COOKIES = List.of(
            "\"cache\"",
            "\"clientHints\"",
            "\"executionContexts\"",
            "\"prefetchCache\"",
            "\"prerenderCache\"",
            "\"storage\"");

    private ClearSiteData() {}

    /**
     * Tells whether a response would clear cookies, had it come through unchanged.
     *
     * @param upstream the fields that the upstream sent
     * @return true when it names them, or everything
     */
    public static boolean wouldClearCookies(HeaderFields upstream) {
        for (String value : upstream.all(NAME)) {
            for (String type : CommaList.of(value)) {
                if (isCookies(type) || isEverything(type)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return the value without cookies, null when nothing else is in it} */
    static @Nullable String withoutCookies(String value) {
        List<String> kept = new ArrayList<>();
        for (String type : CommaList.of(value)) {
            if (isEverything(type)) {
                kept.addAll(ALL_BUT_COOKIES);
            } else if (!isCookies(type)) {
                kept.add(type);
            }
        }
        return kept.isEmpty() ? null : String.join(", ", kept);
    }

    private static boolean isCookies(String type) {
        return unquoted(type).toLowerCase(Locale.ROOT).startsWith(COOKIES);
    }

    private static boolean isEverything(String type) {
        return unquoted(type).equals(EVERYTHING);
    }

    /** A browser wants the quotes; what it makes of a type without them is its own business. */
    private static String unquoted(String type) {
        return type.replace("\"", "").strip();
    }
}
