package io.pingate.proxy.theme;

import java.util.Locale;
import java.util.Set;

/**
 * Where the style belongs in a page that lies there as a whole: the tokenizer of HTML section 13.2.5, written for reading
 * and not for speed, as a second opinion on what works on pieces.
 */
public final class WholePage {
    private static final Set<String> RAW_ELEMENTS =
            Set.of("script", "style", "title", "textarea", "noscript", "xmp", "iframe", "noembed", "noframes");
    private static final int NONE = -1;

    private final String page;
    private int at;
    private int templates;

    private WholePage(String page) {
        this.page = page;
    }

    /** {@return the page with the style in its place, one char per byte} */
    public static String themed(String page, String style) {
        int place = new WholePage(page).place();
        return place == NONE ? page : page.substring(0, place) + style + page.substring(place);
    }

    private int place() {
        while (true) {
            int open = page.indexOf('<', at);
            if (open == NONE) {
                return NONE;
            }
            at = open + 1;
            if (isLetter(peek())) {
                if (isPlace(open, "body")) {
                    return open;
                }
            } else if (skips("!--")) {
                skipComment();
            } else if (skips("/")) {
                if (isLetter(peek())) {
                    if (isPlace(open, "head")) {
                        return open;
                    }
                } else if (!skips(">")) {
                    skipPast('>');
                }
            } else if (peek() == '!' || peek() == '?') {
                skipPast('>');
            }
        }
    }

    /** Reads a tag: section 13.2.5.8. */
    private boolean isPlace(int open, String wanted) {
        String name = name();
        boolean startTag = page.charAt(open + 1) != '/';
        if (at < page.length() && templates == 0 && name.equals(wanted)) {
            return true;
        }
        skipAttributes();
        if (name.equals("template") && at <= page.length()) {
            templates = Math.max(templates + (startTag ? 1 : -1), 0);
        }
        if (startTag && RAW_ELEMENTS.contains(name)) {
            skipRawText(name);
        }
        return false;
    }

    private String name() {
        int start = at;
        while (at < page.length() && !endsName(page.charAt(at))) {
            at++;
        }
        return page.substring(start, at).toLowerCase(Locale.ROOT);
    }

    /** Sections 13.2.5.32 to 13.2.5.40. */
    private void skipAttributes() {
        while (at < page.length()) {
            char c = page.charAt(at++);
            if (c == '>') {
                return;
            }
            if (c != '/' && !isSpace(c) && isLastAttribute()) {
                return;
            }
        }
    }

    /** Its first character has been read, whatever it was, an equals sign too; {@return whether the tag ends with it} */
    private boolean isLastAttribute() {
        while (at < page.length() && !endsName(page.charAt(at)) && page.charAt(at) != '=') {
            at++;
        }
        skipSpace();
        if (!skips("=")) {
            return false;
        }
        skipSpace();
        if (skips("\"")) {
            skipPast('"');
        } else if (skips("'")) {
            skipPast('\'');
        } else {
            while (at < page.length() && !isSpace(page.charAt(at))) {
                if (page.charAt(at++) == '>') {
                    return true;
                }
            }
        }
        return false;
    }

    /** Sections 13.2.5.43 to 13.2.5.52. */
    private void skipComment() {
        if (skips(">") || skips("->")) {
            return;
        }
        int end = page.indexOf("-->", at);
        int bang = page.indexOf("--!>", at);
        at = bang != NONE && (end == NONE || bang < end) ? bang + 4 : end == NONE ? page.length() : end + 3;
    }

    /** Sections 13.2.5.9 to 13.2.5.31; an escape in a script is known by what comes first. */
    private void skipRawText(String element) {
        boolean script = element.equals("script");
        while (at < page.length()) {
            if (isEndTag(element)) {
                at += 2 + element.length();
                skipAttributes();
                return;
            }
            if (script && page.startsWith("<!--", at)) {
                at += 2;
                if (skipEscape()) {
                    return;
                }
            } else {
                at++;
            }
        }
    }

    /** From the dashes on; {@return whether the script ended in it} */
    private boolean skipEscape() {
        boolean twice = false;
        while (at < page.length()) {
            if (page.startsWith("-->", at)) {
                at += 3;
                return false;
            }
            if (isEndTag("script")) {
                at += "</script".length();
                if (!twice) {
                    skipAttributes();
                    return true;
                }
                twice = false;
                continue;
            }
            twice |= page.regionMatches(true, at, "<script", 0, 7) && endsNameAt(at + 7);
            at++;
        }
        return false;
    }

    private boolean isEndTag(String element) {
        return page.startsWith("</", at)
                && page.regionMatches(true, at + 2, element, 0, element.length())
                && endsNameAt(at + 2 + element.length());
    }

    private boolean endsNameAt(int index) {
        return index < page.length() && endsName(page.charAt(index));
    }

    private int peek() {
        return at < page.length() ? page.charAt(at) : NONE;
    }

    private boolean skips(String text) {
        boolean there = page.startsWith(text, at);
        at += there ? text.length() : 0;
        return there;
    }

    private void skipPast(char c) {
        int end = page.indexOf(c, at);
        at = end == NONE ? page.length() : end + 1;
    }

    private void skipSpace() {
        while (at < page.length() && isSpace(page.charAt(at))) {
            at++;
        }
    }

    private static boolean endsName(char c) {
        return c == '>' || c == '/' || isSpace(c);
    }

    private static boolean isSpace(char c) {
        return " \n\t\r\f".indexOf(c) >= 0;
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
