package io.pingate.servlet.config;

import io.pingate.http.syntax.CommaList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whose pages may have the gate's own in a frame, as it may stand in a setting. */
public final class FrameAncestors {
    /** Nothing that means something else in a policy (CSP3 section 2.3.1), and no path, which frame-ancestors overlooks. */
    private static final Pattern ORIGIN = Pattern.compile(
            "https?://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[1-9][0-9]{0,4})?",
            Pattern.CASE_INSENSITIVE);

    private FrameAncestors() {}

    /**
     * Reads a list of origins.
     *
     * @param text origins, separated by commas
     * @return the same, as {@code frame-ancestors} takes them
     * @throws IllegalArgumentException with the rule
     */
    public static String of(String text) {
        return CommaList.of(text).stream().map(FrameAncestors::origin).collect(Collectors.joining(" "));
    }

    private static String origin(String text) {
        if (!ORIGIN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be origins like https://home.example.org, comma-separated, without a path or a *");
        }
        return text;
    }
}
