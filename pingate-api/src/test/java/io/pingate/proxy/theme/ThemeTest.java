package io.pingate.proxy.theme;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeTest {
    @Test
    void is_a_style_element_around_the_css() {
        assertEquals("<style>body{color:red}</style>", element("body{color:red}"));
    }

    @Test
    void names_the_hash_that_a_browser_computes() {
        // printf 'body{color:red}' | openssl dgst -sha256 -binary | base64
        assertEquals(
                "'sha256-FcQqt3aNlV7AZnGV4zkQRVeCeJOxbMPnQSx258L803E='",
                theme("body{color:red}").cspSource());
    }

    @Test
    void is_the_same_when_line_ends_and_byte_order_mark_differ() {
        String unix = theme("a{}\nb{}\n").cspSource();
        assertEquals(unix, theme("\uFEFFa{}\r\nb{}\r\n").cspSource());
        assertEquals(unix, theme("a{}\rb{}\r").cspSource());
        assertEquals("<style>a{}\nb{}\n</style>", element("a{}\r\nb{}\r"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:after{content:'\u2192'}|a:after{content:'\\2192 '}",
                "a:after{content:'\u00e9x'}|a:after{content:'\\e9 x'}",
                ".\uD83D\uDE00{}|.\\1f600 {}",
                ".\\\u00e9{}|.\\e9 {}",
                "'\\\\\u00e9'|'\\\\\\e9 '",
            })
    void escapes_what_is_not_ascii(String css, String expected) {
        assertEquals("<style>" + expected + "</style>", element(css));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "a{}</style>", "a{}</STYLE >", "/* </Style */", "a{}\0"})
    void refuses_what_cannot_stand_in_a_style_element(String css) {
        assertThrows(IllegalArgumentException.class, () -> theme(css));
    }

    @Test
    void refuses_what_is_not_utf_8() {
        assertThrows(IllegalArgumentException.class, () -> Theme.of("\u00e9".getBytes(ISO_8859_1)));
    }

    @Test
    void refuses_more_than_1_mib_and_takes_1_mib() {
        byte[] css = new byte[Theme.MAX_BYTES];
        Arrays.fill(css, (byte) ' ');
        Theme.of(css);
        assertThrows(IllegalArgumentException.class, () -> Theme.of(Arrays.copyOf(css, css.length + 1)));
    }

    @Test
    void has_another_tag_when_the_css_differs() {
        assertEquals(theme("a{}").tag(), theme("a{}").tag());
        assertNotEquals(theme("a{}").tag(), theme("b{}").tag());
    }

    private static Theme theme(String css) {
        return Theme.of(css.getBytes(UTF_8));
    }

    private static String element(String css) {
        return UTF_8.decode(theme(css).markup()).toString();
    }
}
