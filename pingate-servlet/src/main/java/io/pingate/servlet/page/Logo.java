package io.pingate.servlet.page;

import io.pingate.http.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A picture in a page, which must not be asked for elsewhere: so it is small, and known by its content. Scripts in SVG don't
 * run, since it is shown by {@code img} alone.
 */
public final class Logo {
    /** With it, a page stays below 12 KiB. */
    public static final int MAX_BYTES = 4 * 1024;

    private Logo() {}

    /**
     * Makes a picture part of a page.
     *
     * @param bytes a file's
     * @return what stands in {@code src}
     * @throws IllegalArgumentException when it is too large, or no PNG, JPEG, WebP, GIF or SVG
     */
    public static String of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidValueException(
                    "logo",
                    "must have at most 4 KiB (" + MAX_BYTES + " bytes); make it smaller, 128 pixels are plenty");
        }
        return "data:" + type(bytes) + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    private static String type(byte[] bytes) {
        if (begins(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return "image/png";
        }
        if (begins(bytes, 0, 0xFF, 0xD8, 0xFF)) {
            return "image/jpeg";
        }
        if (begins(bytes, 0, 'R', 'I', 'F', 'F') && begins(bytes, 8, 'W', 'E', 'B', 'P')) {
            return "image/webp";
        }
        if (begins(bytes, 0, 'G', 'I', 'F', '8')) {
            return "image/gif";
        }
        if (isSvg(new String(bytes, StandardCharsets.UTF_8))) {
            return "image/svg+xml";
        }
        throw new InvalidValueException("logo", "must be a PNG, JPEG, WebP, GIF or SVG picture");
    }

    private static boolean begins(byte[] bytes, int at, int... magic) {
        byte[] wanted = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            wanted[i] = (byte) magic[i];
        }
        return bytes.length >= at + magic.length
                && Arrays.equals(bytes, at, at + magic.length, wanted, 0, wanted.length);
    }

    /** Its first element; a declaration, comments and a document type may stand before. */
    private static boolean isSvg(String text) {
        String rest = text.startsWith("\uFEFF") ? text.substring(1).strip() : text.strip();
        while (rest.startsWith("<?") || rest.startsWith("<!")) {
            String end = rest.startsWith("<!--") ? "-->" : ">";
            int at = rest.indexOf(end);
            if (at < 0) {
                return false;
            }
            rest = rest.substring(at + end.length()).strip();
        }
        return rest.matches("(?s)<svg[\\s/>].*") && text.contains("http://www.w3.org/2000/svg");
    }
}
