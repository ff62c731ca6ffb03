package io.pingate.proxy.theme;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pingate.http.syntax.CspHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/**
 * A style sheet in the form in which it is put into HTML pages.
 *
 * <p>The style element is plain ASCII with LF line ends, whatever the file was: it means the same in every charset that
 * is a superset of ASCII, and a browser computes the very hash that {@link #cspSource} names, which it takes over the
 * text after decoding and newline normalisation (CSP3 section 6.7.3.3).
 */
public final class Theme implements Addition {
    /** The longest style sheet taken, in bytes: it goes into every page. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern STYLE_END = Pattern.compile("</style", Pattern.CASE_INSENSITIVE);
    private static final int TAG_BYTES = 4;

    private final ByteBuffer styleElement;
    private final String cspSource;
    private final String tag;

    private Theme(String css) {
        CspHash hash = CspHash.of(css.getBytes(US_ASCII));
        this.styleElement = ByteBuffer.wrap(("<style>" + css + "</style>").getBytes(US_ASCII))
                .asReadOnlyBuffer();
        this.cspSource = hash.source();
        this.tag = hash.hex(TAG_BYTES);
    }

    /**
     * Makes a theme of a style sheet.
     *
     * @param css the style sheet in UTF-8, a byte order mark tolerated
     * @return the theme
     * @throws IllegalArgumentException with the rule that is broken: empty, longer than {@link #MAX_BYTES}, not UTF-8,
     *     a NUL character, or {@code </style} inside, which would end the element
     */
    public static Theme of(byte[] css) {
        if (css.length > MAX_BYTES) {
            throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes; cut it down");
        }
        String text = decode(css);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty; write style rules into it");
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("contains a NUL character; remove it");
        }
        if (STYLE_END.matcher(text).find()) {
            throw new IllegalArgumentException("contains </style, which would end the style element; remove it");
        }
        return new Theme(escapeNonAscii(text));
    }

    @Override
    public ByteBuffer markup() {
        return styleElement.duplicate();
    }

    /** {@return the CSP source expression that allows the style element, quotes included} */
    public String cspSource() {
        return cspSource;
    }

    @Override
    public ContentSecurityPolicy allowedBy(ContentSecurityPolicy policies) {
        return policies.allowStyle(cspSource);
    }

    @Override
    public String tag() {
        return tag;
    }

    @Override
    public String toString() {
        return "Theme[" + tag + ", " + styleElement.remaining() + " bytes]";
    }

    private static String decode(byte[] css) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(css)).toString();
            String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return unmarked.replace("\r\n", "\n").replace('\r', '\n');
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8; save it in that encoding", e);
        }
    }

    /** Writes what isn't ASCII as CSS escapes, {@code \2192 } for an arrow (CSS Syntax section 4.3.7). */
    private static String escapeNonAscii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        boolean afterBackslash = false;
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c < 0x80) {
                ascii.append((char) c);
            } else {
                // The backslash of an escape that the author wrote serves for ours.
                ascii.append(afterBackslash ? "" : "\\")
                        .append(Integer.toHexString(c))
                        .append(' ');
            }
            afterBackslash = c == '\\' && !afterBackslash;
        }
        return ascii.toString();
    }
}
