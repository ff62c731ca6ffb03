package io.pingate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.Decision;
import io.pingate.GateRequest;
import io.pingate.PinGate;
import io.pingate.http.HeaderFields;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A {@code next}: wherever a sign-in leads, browsers stay on this origin, and so does whoever decodes and normalises the
 * path before he redirects to it.
 */
final class ReturnPathFuzz {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final PinGate GATE = Gates.of("key-of-the-fuzz-targets");
    private static final Pattern VISIBLE = Pattern.compile("/[!-~]*");
    private static final Pattern HONEST = Pattern.compile("(/[a-z0-9_-]+)+(\\?[a-zA-Z0-9=&+./:%_-]*)?");

    private ReturnPathFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String next = Fields.text(input);
        String location = afterSignIn(next);
        assertTrue(VISIBLE.matcher(location).matches(), location);
        assertStaysHere(location);
        assertEquals(location, afterSignIn(location), "judged twice");
        if (HONEST.matcher(next).matches() && next.length() < 500) {
            assertEquals(next, location, "an honest path");
        }
    }

    private static String afterSignIn(String next) {
        StringBuilder form = new StringBuilder("pin=" + Gates.PIN + "&next=");
        for (byte b : next.getBytes(ISO_8859_1)) {
            if (b == '/' || (b > 0 && Character.isLetterOrDigit(b))) {
                form.append((char) b);
            } else {
                form.append('%').append(HexFormat.of().toHexDigits(b));
            }
        }
        if (form.length() > PinGate.MAX_FORM_BYTES) {
            return "/";
        }
        GateRequest request = GateRequest.builder()
                .method("POST")
                .target("/pin/check")
                .headers(HeaderFields.of("Content-Type", "application/x-www-form-urlencoded"))
                .scheme("https")
                .host("gate.test")
                .build();
        return assertInstanceOf(Decision.Unlock.class, GATE.tryPin(request, form.toString(), NOW))
                .location();
    }

    private static void assertStaysHere(String location) {
        assertTrue(staysHere(location), location);
        String path = location.split("[?#]", 2)[0];
        for (int decodings = 0; decodings < 8; decodings++) {
            for (String read : List.of(path, normalised(path), normalised(withoutParameters(path)))) {
                assertTrue(staysHere(read), location + " read as " + read);
            }
            path = decoded(path);
        }
    }

    /** What the URL parser of WHATWG (section 4.4) makes of it with https://gate.test/ as its base: the same origin. */
    private static boolean staysHere(String url) {
        String read = url.replaceAll("^[\\x00-\\x20]+", "").replaceAll("[\\t\\n\\r]", "");
        boolean scheme = read.matches("(?s)[a-zA-Z][a-zA-Z0-9+.-]*:.*");
        return !scheme && !read.matches("(?s)[/\\\\]{2}.*");
    }

    /** Dots are dots when they are encoded too, and a backslash is a slash (WHATWG URL, path state). */
    private static String normalised(String path) {
        List<String> kept = new ArrayList<>();
        for (String segment : path.split("[/\\\\]", -1)) {
            String dots = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (dots.equals("..")) {
                if (kept.size() > 1) {
                    kept.remove(kept.size() - 1);
                }
            } else if (!dots.equals(".")) {
                kept.add(segment);
            }
        }
        return String.join("/", kept);
    }

    private static String withoutParameters(String path) {
        return path.replaceAll(";[^/\\\\]*", "");
    }

    /** As UTF-8 where it is, and byte by byte where it isn't. */
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < path.length(); i++) {
                if (path.substring(i).matches("(?s)%[0-9a-fA-F]{2}.*")) {
                    text.append((char) HexFormat.fromHexDigits(path, i + 1, i + 3));
                    i += 2;
                } else {
                    text.append(path.charAt(i));
                }
            }
            return text.toString();
        }
    }
}
