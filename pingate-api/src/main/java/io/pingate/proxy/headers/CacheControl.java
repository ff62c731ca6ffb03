package io.pingate.proxy.headers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a Cache-Control field says to caches, cut down to what a private cache may do (RFC 9111 section 5.2.2).
 *
 * <p>A cache before the gate doesn't know of the gate's cookie: what it keeps, it gives to everybody. {@code private}
 * keeps shared caches out and means nothing to a browser, for which all else stays as it was said.
 */
public final class CacheControl {
    private static final String PRIVATE = "private";
    private static final String NO_STORE = "no-store";

    /** For shared caches alone; and {@code public} takes back what {@code private} says. */
    private static final List<String> SHARED = List.of("public", "s-maxage");

    /**
     * Fields for shared caches alone. Targeted ones are called {@code X-Cache-Control} for some X (RFC 9213); the others
     * are older, and some weigh more than Cache-Control: nginx's, Akamai's, and the Edge Architecture's.
     */
    private static final List<String> SHARED_FIELDS =
            List.of("*-Cache-Control", "Surrogate-Control", "Edge-Control", "X-Accel-Expires");

    private static final HeaderActions FIELDS = HeaderActions.passing().with(HeaderActions.Action.DROP, SHARED_FIELDS);

    private CacheControl() {}

    /**
     * Tells whether a field speaks to shared caches alone.
     *
     * @param name the field's name, in any case
     * @return true when a private answer must not have it
     */
    public static boolean isForSharedCaches(String name) {
        return FIELDS.of(name) == HeaderActions.Action.DROP;
    }

    static List<String> sharedFields() {
        return SHARED_FIELDS;
    }

    /**
     * Cuts Cache-Control down.
     *
     * @param lines the values of the upstream's Cache-Control fields, in order; none is what most answers have
     * @param scope who may keep the answer, {@link CacheScope#PRIVATE} or {@link CacheScope#NO_STORE}
     * @return the value of the one field in their place
     */
    public static String of(List<String> lines, CacheScope scope) {
        String required = scope == CacheScope.NO_STORE ? NO_STORE : PRIVATE;
        List<String> kept = new ArrayList<>(4);
        boolean isSaid = false;
        for (String line : lines) {
            for (String directive : directives(line)) {
                String name = nameOf(directive);
                // As "no-store=", some caches don't know it.
                isSaid |= directive.equalsIgnoreCase(required) || directive.equalsIgnoreCase(NO_STORE);
                // private="X" is about the field X alone, and lets shared caches keep the rest.
                if (!SHARED.contains(name) && !(name.equals(PRIVATE) && !directive.equalsIgnoreCase(PRIVATE))) {
                    kept.add(directive);
                }
            }
        }
        if (!isSaid) {
            kept.add(required);
        }
        return String.join(", ", kept);
    }

    /** The parts between commas, which may stand between quotes too; after a quote without an end nothing is sure. */
    private static List<String> directives(String line) {
        List<String> directives = new ArrayList<>(4);
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                add(line.substring(start, i), directives);
                start = i + 1;
            }
        }
        if (quoted) {
            directives.add(NO_STORE);
        } else {
            add(line.substring(start), directives);
        }
        return directives;
    }

    private static void add(String part, List<String> directives) {
        String directive = part.strip();
        if (!directive.isEmpty()) {
            directives.add(directive);
        }
    }

    private static String nameOf(String directive) {
        int equals = directive.indexOf('=');
        return (equals < 0 ? directive : directive.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
    }
}
