package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pingate.http.syntax.PercentEncoding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {
    @Test
    void finds_all_values_in_order() {
        String form = "a=1&b=2&a=3&&a=&A=4&aa=5&a&=6&%61=7&a=8=9";

        assertEquals(List.of("1", "3", "", "7", "8=9"), FormFields.all(form, "a"));
        assertEquals("1", FormFields.first(form, "a"));
    }

    @Test
    void finds_nothing_when_the_field_is_missing() {
        assertEquals(List.of(), FormFields.all("", "a"));
        assertNull(FormFields.first("b=1", "a"));
    }

    @ParameterizedTest
    @CsvSource({
        "a+b%20c, a b c",
        "%2B%26%3D%25, +&=%",
        "%4a%4A, JJ",
        "%C3%A9, \u00C3\u00A9",
        "%, %",
        "100%, 100%",
        "%4, %4",
        "%zz%4g%g4, %zz%4g%g4",
        "%%41, %A",
        "%+1, % 1",
        "%\uFF11\uFF11, %\uFF11\uFF11",
        "%2541, %41",
    })
    void decodes_once_and_leaves_what_is_no_escape(String encoded, String decoded) {
        assertEquals(decoded, FormFields.first("x=" + encoded, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a/b?c=d&e=f+g%20h;i#j", "/ü", "a\u0000\u00FF~-._"})
    void decodes_what_it_encoded(String bytes) {
        assertEquals(bytes, FormFields.first("x=" + FormFields.encode(bytes), "x"));
    }

    @Test
    void decodes_every_byte_that_it_encoded() {
        String bytes = IntStream.range(0, 256).mapToObj(b -> "" + (char) b).collect(Collectors.joining());

        assertEquals(bytes, FormFields.first("x=" + FormFields.encode(bytes), "x"));
    }

    @Test
    void leaves_paths_readable_when_encoding() {
        assertEquals("/azAZ09-._~/%3F%26%3D%2B%25%23%20%7B%40%5B%60%3A", FormFields.encode("/azAZ09-._~/?&=+%# {@[`:"));
    }

    @Test
    void makes_no_copy_when_nothing_is_encoded() {
        String text = "plain";

        assertSame(text, PercentEncoding.decode(text));
    }
}
