package io.pingate.proxy.theme;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags of themed pages: the upstream's tag, weakened and marked with the theme.
 *
 * <p>Without the mark a browser that holds a page from before the theme was changed would ask whether it is still good,
 * get 304, and go on showing the old style.
 */
final class ThemedEtag {
    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"([^\"]*?)(?:--theme-([sw])-([0-9a-f]{8}))?\"");
    private static final int OPAQUE = 2;
    private static final int STRENGTH = 3;
    private static final int THEME = 4;

    private final String theme;

    ThemedEtag(Addition addition) {
        this.theme = addition.tag();
    }

    /**
     * Marks a tag.
     *
     * @param etag the upstream's ETag
     * @return the themed page's, which is weak (RFC 9110 section 8.8.1); null for what isn't an entity tag
     */
    @Nullable
    String mark(String etag) {
        String tag = etag.strip();
        int open = tag.indexOf('"');
        boolean weak = tag.startsWith("W/");
        int close = tag.length() - 1;
        if (open != (weak ? 2 : 0) || tag.indexOf('"', open + 1) != close) {
            return null;
        }
        return "W/" + tag.substring(open, close) + "--theme-" + (weak ? "w" : "s") + "-" + theme + "\"";
    }

    /**
     * Finds the upstream's tags in a condition.
     *
     * @param ifNoneMatch the client's value
     * @return the tags of pages that carry this theme, as the upstream wrote them
     */
    List<String> unmark(String ifNoneMatch) {
        return tags(ifNoneMatch)
                .filter(tag -> theme.equals(tag.group(THEME)))
                .map(tag -> (tag.group(STRENGTH).equals("s") ? "\"" : "W/\"") + tag.group(OPAQUE) + "\"")
                .toList();
    }

    /**
     * Finds the tags in a condition that carry no mark.
     *
     * @param ifNoneMatch the client's value
     * @return the tags of what isn't a themed page
     */
    static List<String> unmarked(String ifNoneMatch) {
        return tags(ifNoneMatch)
                .filter(tag -> tag.group(THEME) == null)
                .map(MatchResult::group)
                .toList();
    }

    /**
     * Tells whether a condition is about a themed page.
     *
     * @param ifNoneMatch the client's value
     * @return true when a tag carries the mark of this or another theme
     */
    static boolean isMarked(String ifNoneMatch) {
        return tags(ifNoneMatch).anyMatch(tag -> tag.group(THEME) != null);
    }

    private static Stream<MatchResult> tags(String ifNoneMatch) {
        return ENTITY_TAG.matcher(ifNoneMatch).results();
    }
}
