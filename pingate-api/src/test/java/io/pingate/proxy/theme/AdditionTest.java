package io.pingate.proxy.theme;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdditionTest {
    /** As {@code printf 'f()' | openssl dgst -sha256 -binary | base64} has it. */
    private static final String HASH = "'sha256-GcEEE0IkDzIP5EQ6DXZaDPORqT5RTBELX8Fyzyg9yvo='";

    private static final PageScript SCRIPT = PageScript.of("f()");
    private static final Theme THEME = Theme.of("b{}".getBytes(US_ASCII));
    private static final Addition BOTH = Addition.both(THEME, SCRIPT);

    private static String text(ByteBuffer bytes) {
        return US_ASCII.decode(bytes).toString();
    }

    @Test
    void script_is_an_element_that_its_hash_allows() {
        assertEquals("<script>f()</script>", text(SCRIPT.markup()));
        assertEquals("<script>f()</script>", text(SCRIPT.markup()), "each reader has a buffer of its own");
        assertTrue(SCRIPT.markup().isReadOnly());
        ContentSecurityPolicy policy = SCRIPT.allowedBy(ContentSecurityPolicy.parse("script-src 'self'"));
        assertEquals("script-src 'self' " + HASH, policy.toString());
        assertEquals("19c10413", SCRIPT.tag());
        assertEquals("PageScript[19c10413, 20 bytes]", SCRIPT.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r", "\u00e4", "\u007f", "\0", "a</SCRIPT", "<Script", "<!--"})
    void text_that_means_something_else_in_a_page_is_no_script(String text) {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> PageScript.of(text));
        assertEquals("script: must be ASCII, without </script, <script or <!-- inside", refused.getMessage());
    }

    @Test
    void style_and_script_go_in_together() {
        assertEquals("<style>b{}</style><script>f()</script>", text(BOTH.markup()));
        assertEquals(38, BOTH.markup().remaining());
        assertTrue(BOTH.markup().isReadOnly());
        ThemeInjector injector = new ThemeInjector(BOTH, OptionalLong.of(13));
        injector.offer(ByteBuffer.wrap("<head></head>".getBytes(US_ASCII)));
        assertEquals(OptionalLong.of(51), injector.length());
    }

    @Test
    void both_are_allowed_where_each_is_governed() {
        String hash = THEME.cspSource();
        assertEquals(
                "default-src 'none'; script-src " + HASH + "; style-src " + hash,
                BOTH.allowedBy(ContentSecurityPolicy.parse("default-src 'none'"))
                        .toString());
        ThemedHead head = new ThemeRules(BOTH)
                .response(
                        "GET",
                        HeaderFields.of(),
                        200,
                        HeaderFields.of(
                                "Content-Type",
                                "text/html",
                                "Content-Security-Policy",
                                "script-src a",
                                "ETag",
                                "\"x\""));
        assertEquals("script-src a " + HASH, head.fields().first("Content-Security-Policy"));
        assertEquals("W/\"x--theme-s-" + BOTH.tag() + "\"", head.fields().first("ETag"));
    }

    @Test
    void page_is_another_when_either_of_both_is() {
        assertEquals(8, BOTH.tag().length());
        assertEquals(BOTH.tag(), Addition.both(THEME, SCRIPT).tag());
        assertNotEquals(BOTH.tag(), THEME.tag());
        assertNotEquals(BOTH.tag(), Addition.both(THEME, PageScript.of("g()")).tag());
        assertNotEquals(
                BOTH.tag(),
                Addition.both(Theme.of("c{}".getBytes(US_ASCII)), SCRIPT).tag());
    }
}
