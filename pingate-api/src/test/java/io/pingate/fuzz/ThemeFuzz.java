package io.pingate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.theme.Theme;
import io.pingate.proxy.theme.ThemeInjector;
import io.pingate.proxy.theme.WholePage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/** A page, and in its first two bytes how it is cut: the pieces come to what the whole page does. */
final class ThemeFuzz {
    private static final Theme THEME = Theme.of("b{}".getBytes(ISO_8859_1));
    private static final String STYLE = "<style>b{}</style>";

    private ThemeFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        byte[] page = Arrays.copyOfRange(input, 2, input.length);
        String expected = WholePage.themed(Fields.text(page), STYLE);
        assertEquals(expected, themed(page, page.length + 1, page.length + 1));
        assertEquals(expected, themed(page, 1, 1));
        assertEquals(expected, themed(page, (input[0] & 0xFF) + 1, (input[1] & 0xFF) + 1));
    }

    /** Cut in pieces of both lengths in turn. */
    private static String themed(byte[] page, int one, int other) {
        ThemeInjector injector = new ThemeInjector(THEME, OptionalLong.of(page.length));
        StringBuilder out = new StringBuilder(page.length + STYLE.length());
        int length = one;
        for (int at = 0; at < page.length; at += length) {
            length = length == one ? other : one;
            injector.offer(ByteBuffer.wrap(page, at, Math.min(length, page.length - at)));
            drain(injector, out);
        }
        injector.finish();
        drain(injector, out);
        boolean placed = out.length() > page.length;
        assertEquals(placed ? OptionalLong.of(out.length()) : OptionalLong.empty(), injector.length());
        return out.toString();
    }

    private static void drain(ThemeInjector injector, StringBuilder out) {
        for (ByteBuffer piece = injector.poll(); piece != null; piece = injector.poll()) {
            assertTrue(piece.hasRemaining());
            out.append(ISO_8859_1.decode(piece.duplicate()));
        }
    }
}
