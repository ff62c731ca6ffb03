package io.pingate.servlet.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldLinesTest {
    @Test
    void lines_stay_in_order_when_added() {
        FieldLines lines = lines("A", "1", "b", "2", "a", "");

        assertEquals(List.of("A: 1", "b: 2", "a: "), all(lines));
        assertEquals(List.of("1", ""), lines.all("a"));
        assertEquals("1", lines.first("a"));
        assertEquals("2", lines.first("B"));
        assertEquals(List.of(), lines.all("c"));
        assertNull(lines.first("c"));
    }

    @Test
    void value_is_empty_when_there_is_none() {
        FieldLines lines = new FieldLines();
        lines.add("A", null);

        assertEquals(List.of("A: "), all(lines));
    }

    @Test
    void lines_are_refused_when_there_are_more_than_400() {
        FieldLines lines = new FieldLines();
        for (int i = 0; i < 400; i++) {
            lines.add("X-" + i, "v");
        }

        assertEquals("v", lines.first("x-399"));
        assertThrows(HeadTooLargeException.class, () -> lines.add("X-400", "v"));
        assertEquals(400, all(lines).size());
    }

    @Test
    void value_takes_the_first_ones_place_when_set() {
        FieldLines lines = lines("A", "1", "host", "2", "Host", "3");
        lines.set("Host", "h");

        assertEquals(List.of("A: 1", "host: h", "Host: 3"), all(lines));
    }

    @Test
    void value_comes_first_when_it_is_new() {
        FieldLines lines = lines("A", "1", "B", "2");
        lines.set("Host", "h");

        assertEquals(List.of("Host: h", "A: 1", "B: 2"), all(lines));
        FieldLines none = new FieldLines();
        none.set("Host", "h");
        assertEquals(List.of("Host: h"), all(none));
    }

    @Test
    void cookies_become_one_field_when_joined() {
        FieldLines lines = lines("A", "1", "cookie", "a=1", "B", "2", "Cookie", "b=2", "cookie", "c", "D", "4");
        lines.joinCookies();

        assertEquals(List.of("A: 1", "cookie: a=1; b=2; c", "B: 2", "D: 4"), all(lines));
    }

    @Test
    void lines_stay_when_there_is_nothing_to_join() {
        FieldLines one = lines("A", "1", "Cookie", "a=1");
        FieldLines none = lines("A", "1");
        one.joinCookies();
        none.joinCookies();

        assertEquals(List.of("A: 1", "Cookie: a=1"), all(one));
        assertEquals(List.of("A: 1"), all(none));
    }

    private static FieldLines lines(String... namesAndValues) {
        FieldLines lines = new FieldLines();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            lines.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return lines;
    }

    private static List<String> all(FieldLines lines) {
        List<String> all = new ArrayList<>();
        lines.forEach((name, value) -> all.add(name + ": " + value));
        return all;
    }
}
