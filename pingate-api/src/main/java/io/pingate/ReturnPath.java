package io.pingate;

import io.pingate.http.syntax.Ascii;
import io.pingate.http.syntax.PercentEncoding;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to go after the sign-in: the one place that judges {@code next}.
 *
 * <p>It must stay on this origin, whoever reads it: the browser (WHATWG URL: tabs vanish, a backslash is a slash, %2e is
 * a dot), and an upstream that decodes, normalises and redirects to what it got.
 */
final class ReturnPath {
    private static final String ROOT = "/";

    /** As a form field, so that a sign-in form with the longest PIN stays below {@link PinGate#MAX_FORM_BYTES}. */
    private static final int MAX_FORM_LENGTH = 2800;

    /** A form field takes three bytes for a mark. */
    private static final int MAX_PLAIN_LENGTH = MAX_FORM_LENGTH / 3;

    private static final String PLAIN_MARKS = "-_~?=&+,:@!$";

    /** An honest path is steady after the first. */
    private static final int MAX_DECODINGS = 4;

    /** Bytes that a sloppy UTF-8 decoder reads as ASCII: slashes and dots in disguise (RFC 3629 section 10). */
    private static final Pattern OVERLONG =
            Pattern.compile("[\u00C0\u00C1][\u0080-\u00BF]|\u00E0[\u0080-\u009F]|\u00F0[\u0080-\u008F]");

    private ReturnPath() {}

    /**
     * Judges a candidate.
     *
     * @param candidate path, and perhaps query, as it came: bytes as chars, or Unicode; null when there was none
     * @return the candidate with all but visible ASCII percent-encoded, {@code /} when it isn't safe
     */
    static String of(@Nullable String candidate) {
        if (candidate == null) {
            return ROOT;
        }
        return isPlain(candidate) ? candidate : judged(candidate);
    }

    /** What {@link #of} says of any candidate, plain or not. */
    static String judged(String candidate) {
        if (candidate.length() > MAX_FORM_LENGTH || !isSafe(candidate)) {
            return ROOT;
        }
        try {
            String path = PercentEncoding.encode(bytesOf(candidate), b -> b > ' ' && b < 0x7F);
            return FormFields.encode(path).length() <= MAX_FORM_LENGTH ? path : ROOT;
        } catch (CharacterCodingException loneSurrogate) {
            return ROOT;
        }
    }

    /** Whether nobody could read it in two ways, as most addresses are; every request without a cookie gets here. */
    static boolean isPlain(String candidate) {
        if (candidate.length() > MAX_PLAIN_LENGTH || !candidate.startsWith("/")) {
            return false;
        }
        char before = 0;
        for (int i = 0; i < candidate.length(); i++) {
            char c = candidate.charAt(i);
            boolean plain = Ascii.isAlphanumeric(c) || c == '/' || c == '.' || PLAIN_MARKS.indexOf(c) >= 0;
            boolean odd = before == '/' && (c == '/' || c == '.');
            if (!plain || odd) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static boolean isSafe(String candidate) {
        if (candidate.chars().anyMatch(ReturnPath::isForbidden)) {
            return false;
        }
        // A query is data: nobody resolves it against an origin.
        String path = candidate.split("[?#]", 2)[0];
        for (int i = 0; i <= MAX_DECODINGS; i++) {
            String decoded = PercentEncoding.decode(path);
            if (!staysHere(path)) {
                return false;
            }
            if (decoded.equals(path)) {
                return true;
            }
            path = decoded;
        }
        return false;
    }

    private static boolean staysHere(String path) {
        return path.startsWith("/")
                && !path.startsWith("//")
                && !withoutDotSegments(path).startsWith("//")
                && path.chars().noneMatch(ReturnPath::isForbidden)
                && !OVERLONG.matcher(path).find();
    }

    /** RFC 3986 section 5.2.4, and path parameters dropped before, as servlet containers do. */
    private static String withoutDotSegments(String path) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.substring(1).split("/", -1)) {
            String name = segment.split(";", 2)[0];
            if (name.equals("..")) {
                kept.pollLast();
            } else if (!name.equals(".")) {
                kept.addLast(name);
            }
        }
        return "/" + String.join("/", kept);
    }

    private static boolean isForbidden(int c) {
        return c < ' ' || c == 0x7F || c == '\\';
    }

    /** UTF-8 as one char per byte. A container may have decoded it, or not. */
    private static String bytesOf(String text) throws CharacterCodingException {
        if (isUtf8(text)) {
            return text;
        }
        var utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        return StandardCharsets.ISO_8859_1.decode(utf8).toString();
    }

    private static boolean isUtf8(String text) {
        try {
            var bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(text));
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
