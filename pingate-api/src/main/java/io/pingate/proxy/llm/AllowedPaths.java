package io.pingate.proxy.llm;

import io.pingate.http.RequestTarget;
import io.pingate.http.syntax.CommaList;
import io.pingate.http.syntax.PathPatterns;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which paths of a server may be asked for. */
public final class AllowedPaths {
    private static final String EVERYTHING = "*";
    private static final String INFERENCE = "inference";

    /**
     * What runs a model, of the OpenAI and Anthropic APIs as LiteLLM serves them. Its master key is its admin key: keys,
     * users, budgets, the configuration and pass-through routes to the providers live under the same roof.
     */
    private static final List<String> INFERENCE_PATHS = List.of(
            "/chat/completions",
            "/completions",
            "/embeddings",
            "/models",
            "/models/*",
            "/responses",
            "/responses/*",
            "/messages",
            "/messages/count_tokens",
            "/audio/*",
            "/images/*",
            "/rerank",
            "/moderations",
            "/realtime");

    /**
     * What some server takes for a dot segment (RFC 3986 section 5.2.4): plain, percent-encoded, behind a backslash, before
     * a path parameter, encoded twice or overlong. It could lead out of the upstream's base path.
     */
    private static final Pattern MAY_CLIMB =
            Pattern.compile("(?i)([/\\\\]|%2f|%5c)([.]|%2e){1,2}([/\\\\;]|%2f|%5c|%3b|$)|%25|%c[01]");

    private final Predicate<RequestTarget> rule;

    private AllowedPaths(Predicate<RequestTarget> rule) {
        this.rule = rule;
    }

    /** {@return the default of the LLM route: what runs a model, with and without {@code /v1}} */
    public static AllowedPaths inference() {
        return of(INFERENCE);
    }

    /**
     * Reads {@code *}, or a list of exact paths, {@code /prefix/*} and {@code inference}, separated by commas.
     *
     * @param text the list, as in {@code inference, /v1/files, /v1/files/*}
     * @return the paths
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static AllowedPaths of(String text) {
        if (text.strip().equals(EVERYTHING)) {
            return new AllowedPaths(target -> !MAY_CLIMB.matcher(target.path()).find());
        }
        PathPatterns patterns = PathPatterns.of(
                "paths",
                CommaList.of(text).stream().flatMap(AllowedPaths::entries).toList());
        return new AllowedPaths(patterns::contain);
    }

    boolean permit(RequestTarget target) {
        return rule.test(target);
    }

    private static Stream<String> entries(String entry) {
        if (entry.equals(INFERENCE)) {
            return Stream.concat(
                    INFERENCE_PATHS.stream(), INFERENCE_PATHS.stream().map("/v1"::concat));
        }
        return Stream.of(entry);
    }
}
