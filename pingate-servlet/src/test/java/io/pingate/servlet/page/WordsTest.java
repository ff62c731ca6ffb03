package io.pingate.servlet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every language says all that there is to say, in words that fit a screen of 320 px. */
class WordsTest {
    /** At 1.5 rem, two lines of a card of 320 px; headings and buttons are seen at a glance. */
    private static final int MAX_HEADING = 26;

    private static final int MAX_LABEL = 24;
    private static final int MAX_SENTENCE = 170;

    /** A word that is longer is broken. */
    private static final int MAX_WORD = 26;

    static Stream<String> languages() {
        return Language.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void words_are_those_of_the_first_language_in_every_other(String tag) throws IOException {
        Properties words = load(tag);
        Properties english = load(Language.DEFAULT);
        assertEquals(english.stringPropertyNames(), words.stringPropertyNames());
        assertEquals(
                words.size(),
                Resource.text("words/" + tag + ".properties").lines().count(),
                "a key is written twice");
        for (String key : words.stringPropertyNames()) {
            String text = words.getProperty(key);
            assertEquals(count(english.getProperty(key)), count(text), key);
            assertFalse(text.isBlank() || !text.equals(text.strip()), key);
            assertFalse(text.matches(".*[<>&{}\\\\].*") && count(text) == 0, key + " is no markup");
            assertEquals(
                    english.getProperty(key).contains("PINGATE_UPSTREAM_TIMEOUT"),
                    text.contains("PINGATE_UPSTREAM_TIMEOUT"),
                    key);
            assertEquals(english.getProperty(key).contains("PINGATE_UPSTREAM"), text.contains("PINGATE_UPSTREAM"), key);
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void words_fit_a_small_screen(String tag) throws IOException {
        Properties words = load(tag);
        for (String key : words.stringPropertyNames()) {
            String text = words.getProperty(key);
            assertTrue(text.length() <= max(key), key + " has " + text.length() + " characters: " + text);
            for (String word : text.split("[ \u00a0]", -1)) {
                boolean breaksAnywhere = word.codePoints().anyMatch(Character::isIdeographic)
                        || word.codePoints()
                                .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL);
                assertTrue(breaksAnywhere || word.length() <= MAX_WORD, key + ": " + word);
            }
        }
    }

    private static int max(String key) {
        if (key.endsWith(".heading")) {
            return MAX_HEADING;
        }
        boolean label = List.of(
                        "form.label", "form.button", "link.button", "in.open", "in.out", "heal.in", "error.again")
                .contains(key);
        return label ? MAX_LABEL : MAX_SENTENCE;
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_page_is_whole_and_below_12_kib_in_every_language(String tag) {
        String logo = Logo.of(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\">" + " ".repeat(4_050)).getBytes(StandardCharsets.UTF_8));
        Dress dress = new Dress(new Facts("&".repeat(60), "ह".repeat(200), logo));
        HeaderFields fields = HeaderFields.of("Accept", "text/html", "Accept-Language", tag);
        Audience audience = Audience.of("GET", fields, "/", "notes.test");
        ErrorPages errors = new ErrorPages(dress);
        for (int status : new int[] {400, 403, 404, 405, 408, 413, 415, 421, 426, 431, 500, 502, 503, 504}) {
            Answer answer = errors.answer(audience, status, "The reason.");
            String page = new String(answer.body(), StandardCharsets.UTF_8);
            assertEquals(status, answer.status());
            assertEquals(tag, answer.fields().first("Content-Language"));
            assertEquals("Accept-Language", answer.fields().first("Vary"));
            assertTrue(
                    page.contains("<html lang=\"" + tag + "\" dir=\"" + (tag.equals("ar") ? "rtl" : "ltr") + "\">"),
                    page);
            assertTrue(page.contains(status + ": The reason."), page);
            assertFalse(page.contains("{{") || page.contains("{0}"), page);
            assertTrue(answer.body().length < 12 * 1024, answer.body().length + " bytes");
        }
    }

    @Test
    void page_asks_again_by_itself_when_a_browser_came_to_see_a_program_that_does_not_answer() {
        ErrorPages errors = new ErrorPages(new Dress(Facts.NONE));
        HeaderFields browser = HeaderFields.of("Accept", "text/html", "Sec-Fetch-Mode", "navigate");
        HeaderFields fetch = HeaderFields.of("Accept", "text/html", "Sec-Fetch-Mode", "cors");
        String refresh = "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>";
        assertTrue(page(errors, "GET", browser, 502).contains(refresh));
        assertTrue(page(errors, "GET", browser, 504).contains("role=\"timer\""));
        assertFalse(page(errors, "POST", browser, 502).contains("http-equiv"));
        assertFalse(page(errors, "POST", browser, 502).contains("role=\"timer\""));
        assertFalse(page(errors, "HEAD", browser, 502).contains("http-equiv"));
        assertFalse(page(errors, "GET", fetch, 502).contains("http-equiv"));
        assertFalse(page(errors, "GET", browser, 404).contains("http-equiv"));
    }

    private static String page(ErrorPages errors, String method, HeaderFields fields, int status) {
        Audience audience = Audience.of(method, fields, "/", "");
        return new String(errors.answer(audience, status, "x").body(), StandardCharsets.UTF_8);
    }

    @Test
    void slot_stays_text_when_a_stranger_wrote_it() {
        Template template = Template.of("<a>{{one}}</a>{{two}}").with(Map.of("one", "{{two}}"));
        assertEquals("<a>{{two}}</a>x", template.render(Map.of("two", "x")));
        assertThrows(IllegalArgumentException.class, () -> template.render(Map.of()));
        Template outer = Template.of("a{{in}}b");
        assertEquals("axyb", outer.with("in", Template.of("x{{z}}")).render(Map.of("z", "y")));
        assertEquals("axb", outer.with("in", Template.of("x")).render(Map.of()));
    }

    private static int count(String text) {
        return text.split("\\{0}", -1).length - 1;
    }

    private static Properties load(String tag) throws IOException {
        Properties words = new Properties();
        words.load(new StringReader(Resource.text("words/" + tag + ".properties")));
        return words;
    }
}
