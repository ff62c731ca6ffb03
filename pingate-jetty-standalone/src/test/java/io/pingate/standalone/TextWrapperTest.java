package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextWrapperTest {
    @Test
    void paragraph_is_broken_between_words() {
        assertEquals(
                List.of("one two", "three"),
                new TextWrapper(8, 4).line("one two three").lines());
    }

    @Test
    void explanation_stays_in_its_column() {
        assertEquals(
                List.of("a   one", "    two"),
                new TextWrapper(8, 4).entry("a", "one two").lines());
    }

    @Test
    void explanation_of_a_long_term_starts_on_a_line_of_its_own() {
        assertEquals(
                List.of("term", "    one"),
                new TextWrapper(8, 4).entry("term", "one").lines());
    }

    @Test
    void word_longer_than_the_line_stays_whole() {
        assertEquals(
                List.of("a", "unbreakable", "b"),
                new TextWrapper(4, 2).line("a unbreakable b").lines());
    }
}
