package io.pingate.http.syntax;

import java.util.HexFormat;
import java.util.function.IntPredicate;

/** Percent-encoding (RFC 3986 section 2.1) over text of one char per byte. */
public final class PercentEncoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /**
     * Decodes once. A '%' that begins no escape stays, as it does in browsers (WHATWG URL, percent-decode).
     *
     * @param text the text, one char for each byte
     * @return the bytes, one char for each
     */
    public static String decode(String text) {
        int escape = text.indexOf('%');
        if (escape < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length()).append(text, 0, escape);
        for (int i = escape; i < text.length(); i++) {
            if (isEscape(text, i)) {
                decoded.append((char) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                decoded.append(text.charAt(i));
            }
        }
        return decoded.toString();
    }

    /**
     * Encodes.
     *
     * @param bytes the bytes, one char for each
     * @param stays tells of a byte whether it stays as it is; not to be true of {@code %}
     * @return the text
     */
    public static String encode(String bytes, IntPredicate stays) {
        StringBuilder encoded = new StringBuilder(bytes.length() + 16);
        bytes.chars().forEach(b -> {
            if (stays.test(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits((byte) b));
            }
        });
        return encoded.toString();
    }

    private static boolean isEscape(String text, int at) {
        return text.charAt(at) == '%'
                && at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }
}
