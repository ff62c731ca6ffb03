package io.pingate.servlet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de | de",
                "DE-at | de",
                "pt-BR | pt",
                "de-Latn-CH-1996 | de",
                "zh | zh-Hans",
                "zh-CN | zh-Hans",
                "zh-SG, en | zh-Hans",
                "zh-TW | zh-Hant",
                "zh-HK | zh-Hant",
                "zh-Hant-MO | zh-Hant",
                "zh-Hans-HK | zh-Hans",
                "zh-hant | zh-Hant",
                "sv, nb;q=0.9, fr;q=0.5 | fr",
                "en;q=0.5, fr;q=0.500, de;q=0.501 | de",
                "fr , de | fr",
                "fr;q=0.3 , de ; q=0.8 | de",
                "fr;Q=0.3,de;q=1.000 | de",
                "* | en",
                "sv, *;q=0.1 | en",
                "de;q=0, * | en",
                "de;q=0 | en",
                "deu | en",
                "'' | en",
                ",,; ,q=1 | en",
                "de;q=2 | en",
                "de;q=0.1234, fr;q=0.1 | fr",
                "de;level=1, ko;q=0.1 | ko",
                "-de | en",
                "de_AT | en"
            })
    void language_is_the_one_that_is_liked_best_of_those_that_there_are(String accepted, String tag) {
        assertEquals(tag, Language.of(List.of(accepted)));
    }

    @Test
    void fields_count_as_one_list_when_there_are_several() {
        assertEquals("it", Language.of(List.of("de;q=0.2", "it;q=0.9", "fr;q=0.5")));
        assertEquals("en", Language.of(List.of()));
    }

    @Test
    void no_more_than_the_beginning_is_read_when_there_is_much() {
        assertEquals("en", Language.of(List.of("x,".repeat(500) + "de")));
        assertEquals("en", Language.of(List.of("x,".repeat(500), "de")));
        assertEquals("de", Language.of(List.of("x,".repeat(490) + "de")));
    }

    @Test
    void answer_is_one_of_all_whatever_comes() {
        Random random = new Random(1);
        String letters = "dezhfr-*;q=01.,\u00e4\t \u0000";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder field = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                field.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertTrue(Language.ALL.contains(Language.of(List.of(field.toString()))), field::toString);
        }
    }
}
