package io.pingate.proxy.theme;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The policies of one Content-Security-Policy field (CSP3 section 2.2): read, changed in one place, written back with
 * all else as it was.
 *
 * <p>Never fails: what a browser would skip is kept and skipped here too.
 */
public final class ContentSecurityPolicy {
    /**
     * A kind of element.
     *
     * @param directives where its permission is looked up, in this order (CSP3 section 6.8.3)
     * @param general the directive that is written for it in place of default-src
     * @param script whether 'strict-dynamic' says something about it
     */
    private record Kind(List<String> directives, String general, boolean script) {
        static final Kind STYLE = new Kind(List.of("style-src-elem", "style-src", "default-src"), "style-src", false);
        static final Kind SCRIPT =
                new Kind(List.of("script-src-elem", "script-src", "default-src"), "script-src", true);
    }

    private static final Pattern NONE =
            Pattern.compile("[ \\t\\n\\f\\r]'none'(?![^ \\t\\n\\f\\r])", Pattern.CASE_INSENSITIVE);
    private static final Pattern NONCE_OR_HASH =
            Pattern.compile("'(nonce|sha256|sha384|sha512)-[a-z0-9+/_-]+={0,2}'", Pattern.CASE_INSENSITIVE);

    private final List<Policy> policies;

    private ContentSecurityPolicy(List<Policy> policies) {
        this.policies = policies;
    }

    /**
     * Reads a field value.
     *
     * @param fieldValue one or more policies, separated by commas
     * @return the policies
     */
    public static ContentSecurityPolicy parse(String fieldValue) {
        return new ContentSecurityPolicy(
                Arrays.stream(fieldValue.split(",", -1)).map(Policy::parse).toList());
    }

    /**
     * Allows one inline style element more, and nothing else: in each policy the source is added for style elements,
     * unless they are all allowed anyway.
     *
     * @param hashSource the style's hash with its quotes, {@code 'sha256-...'}
     * @return the policies that allow it
     */
    public ContentSecurityPolicy allowStyle(String hashSource) {
        return allow(Kind.STYLE, hashSource);
    }

    /**
     * Allows one inline script element more, and nothing else, as {@link #allowStyle} does with a style.
     *
     * @param hashSource the script's hash with its quotes, {@code 'sha256-...'}
     * @return the policies that allow it
     */
    public ContentSecurityPolicy allowScript(String hashSource) {
        return allow(Kind.SCRIPT, hashSource);
    }

    private ContentSecurityPolicy allow(Kind kind, String hashSource) {
        return new ContentSecurityPolicy(
                policies.stream().map(policy -> policy.allow(kind, hashSource)).toList());
    }

    /** {@return the field value} */
    @Override
    public String toString() {
        return policies.stream().map(Policy::toString).collect(Collectors.joining(","));
    }

    private record Policy(List<Directive> directives) {
        static Policy parse(String text) {
            return new Policy(
                    Arrays.stream(text.split(";", -1)).map(Directive::parse).toList());
        }

        Policy allow(Kind kind, String hashSource) {
            for (String name : kind.directives) {
                for (int i = 0; i < directives.size(); i++) {
                    // Of several directives of one name the first counts (CSP3 section 2.2.1).
                    if (directives.get(i).name().equals(name)) {
                        return directives.get(i).allows(kind, hashSource) ? this : allow(kind, i, hashSource);
                    }
                }
            }
            return this;
        }

        private Policy allow(Kind kind, int governing, String hashSource) {
            List<Directive> changed = new ArrayList<>(directives);
            Directive directive = directives.get(governing);
            if (directive.name().equals("default-src")) {
                // All else stays under default-src as it is. Not style-src-elem or script-src-elem, which Safari knows
                // only
                // since 15.4: attributes are governed as before, since a hash says nothing of them.
                changed.add(governing + 1, directive.renamed(kind.general).with(hashSource));
            } else {
                changed.set(governing, directive.with(hashSource));
            }
            return new Policy(changed);
        }

        @Override
        public String toString() {
            return directives.stream().map(Directive::text).collect(Collectors.joining(";"));
        }
    }

    /** A directive as it was written, its name in lower case (empty for one that browsers skip), and its sources. */
    private record Directive(String text, String name, List<String> sources) {
        private static final Pattern SPACE = Pattern.compile("[ \\t\\n\\f\\r]+");
        private static final String SPACES = " \t\n\f\r";

        static Directive parse(String text) {
            List<String> tokens =
                    SPACE.splitAsStream(text).filter(token -> !token.isEmpty()).toList();
            // What isn't ASCII is no directive (CSP3 section 2.2.1).
            if (tokens.isEmpty() || text.chars().anyMatch(c -> c > 0x7F)) {
                return new Directive(text, "", List.of());
            }
            return new Directive(text, tokens.get(0).toLowerCase(Locale.ROOT), tokens.subList(1, tokens.size()));
        }

        boolean allows(Kind kind, String hashSource) {
            return sources.contains(hashSource) || allowsAllInline(kind);
        }

        /** CSP3 section 6.7.3.2: a nonce or a hash turns 'unsafe-inline' off, so none may be added to such a list. */
        private boolean allowsAllInline(Kind kind) {
            return sources.stream().anyMatch("'unsafe-inline'"::equalsIgnoreCase)
                    && !(kind.script && sources.stream().anyMatch("'strict-dynamic'"::equalsIgnoreCase))
                    && sources.stream()
                            .noneMatch(source -> NONCE_OR_HASH.matcher(source).matches());
        }

        /** 'none' counts only when it stands alone, so it gives way to the source. */
        Directive with(String source) {
            String others = NONE.matcher(text).replaceAll("");
            int end = others.length();
            while (SPACES.indexOf(others.charAt(end - 1)) >= 0) {
                end--;
            }
            return parse(others.substring(0, end) + " " + source);
        }

        Directive renamed(String newName) {
            return parse(" " + newName + " " + String.join(" ", sources));
        }
    }
}
