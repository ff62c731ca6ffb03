package io.pingate.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderFieldsTest {
    private final HeaderFields fields = HeaderFields.of("A", "1", "b", "", "a", "2");

    @Test
    void keeps_order_duplicates_and_case() {
        List<String> seen = new ArrayList<>();
        fields.forEach((name, value) -> seen.add(name + "=" + value));

        assertEquals(List.of("A=1", "b=", "a=2"), seen);
    }

    @Test
    void finds_in_any_case() {
        assertEquals("1", fields.first("a"));
        assertEquals("", fields.first("B"));
        assertNull(fields.first("c"));
        assertEquals(List.of("1", "2"), fields.all("A"));
        assertEquals(List.of(), fields.all("c"));
    }

    @Test
    void keeps_what_it_was_made_of() {
        List<Map.Entry<String, String>> list = new ArrayList<>(List.of(Map.entry("a", "1")));
        HeaderFields made = HeaderFields.of(list);
        list.clear();

        assertEquals("1", made.first("a"));
    }

    @Test
    void refuses_a_name_without_a_value() {
        assertThrows(IllegalArgumentException.class, () -> HeaderFields.of("a"));
    }
}
