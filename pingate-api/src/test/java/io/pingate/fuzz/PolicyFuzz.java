package io.pingate.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.theme.ContentSecurityPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Content-Security-Policy: with the style it means, to a browser (CSP3), what it meant before, and allows that style
 * beside it.
 */
final class PolicyFuzz {
    private static final String HASH = "'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='";
    private static final List<String> STYLES = List.of("style-src-elem", "style-src", "default-src");
    private static final List<String> ATTRIBUTES = List.of("style-src-attr", "style-src", "default-src");

    private PolicyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String field = Fields.text(input).replaceAll("[\\r\\n\\x00]", " ");
        assertEquals(field, ContentSecurityPolicy.parse(field).toString());
        String changed = ContentSecurityPolicy.parse(field).allowStyle(HASH).toString();
        assertEquals(
                changed, ContentSecurityPolicy.parse(changed).allowStyle(HASH).toString(), "twice");
        String[] before = field.split(",", -1);
        String[] after = changed.split(",", -1);
        assertEquals(before.length, after.length);
        for (int i = 0; i < before.length; i++) {
            compare(directives(before[i]), directives(after[i]));
        }
    }

    private static void compare(Map<String, List<String>> before, Map<String, List<String>> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeAll(STYLES);
        for (String name : names) {
            assertEquals(before.get(name), after.get(name), name);
        }
        // All other kinds of sources fall back to it.
        assertEquals(before.get("default-src"), after.get("default-src"));
        List<String> styles = governing(before, STYLES);
        if (styles == null || allowsAnyInline(styles)) {
            assertEquals(before, after, "nothing forbids the style");
        } else {
            Set<String> allowed = sources(governing(after, STYLES));
            assertTrue(allowed.contains(HASH), "the style is not allowed");
            assertEquals(sources(styles), without(allowed, sources(styles).contains(HASH) ? "" : HASH));
        }
        List<String> attributes = governing(before, ATTRIBUTES);
        List<String> attributesNow = governing(after, ATTRIBUTES);
        if (attributes == null) {
            // A style-src-elem of its own stays one of its own.
            assertEquals(null, attributesNow);
        } else {
            assertEquals(without(sources(attributes), HASH), without(sources(attributesNow), HASH));
            assertEquals(allowsAnyInline(attributes), allowsAnyInline(attributesNow), "inline style attributes");
        }
    }

    /** CSP3 section 2.2.1: the first of a name counts, and what isn't ASCII is none. */
    private static Map<String, List<String>> directives(String policy) {
        Map<String, List<String>> directives = new HashMap<>();
        for (String text : policy.split(";", -1)) {
            List<String> tokens = new ArrayList<>(Arrays.asList(text.split("[ \\t\\f]+")));
            tokens.removeIf(String::isEmpty);
            if (!tokens.isEmpty() && text.chars().allMatch(c -> c < 0x80)) {
                directives.putIfAbsent(tokens.get(0).toLowerCase(Locale.ROOT), tokens.subList(1, tokens.size()));
            }
        }
        return directives;
    }

    private static List<String> governing(Map<String, List<String>> directives, List<String> names) {
        return names.stream()
                .filter(directives::containsKey)
                .findFirst()
                .map(directives::get)
                .orElse(null);
    }

    /** CSP3 section 6.7.2.7: 'none' means something only alone. */
    private static Set<String> sources(List<String> list) {
        Set<String> sources = new LinkedHashSet<>(list);
        sources.removeIf("'none'"::equalsIgnoreCase);
        return sources;
    }

    private static Set<String> without(Set<String> sources, String source) {
        Set<String> others = new LinkedHashSet<>(sources);
        others.remove(source);
        return others;
    }

    /** CSP3 section 6.7.3.2. */
    private static boolean allowsAnyInline(List<String> sources) {
        return sources.stream().anyMatch("'unsafe-inline'"::equalsIgnoreCase)
                && sources.stream().noneMatch(source -> source.toLowerCase(Locale.ROOT)
                        .matches("'(nonce|sha256|sha384|sha512)-[a-z0-9+/_-]+={0,2}'"));
    }
}
