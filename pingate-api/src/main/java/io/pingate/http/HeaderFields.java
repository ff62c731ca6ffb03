package io.pingate.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of header fields: in order, duplicates kept, values as Latin-1 text (one char per byte).
 *
 * <p>Field names are case-insensitive (RFC 9110 section 5.1).
 */
public interface HeaderFields {
    /** No fields. */
    HeaderFields NONE = of(List.of());

    /**
     * Passes each field line on, in order.
     *
     * @param action takes name and value
     */
    void forEach(BiConsumer<? super String, ? super String> action);

    /**
     * Finds the first field of a name.
     *
     * @param name the field name, in any case
     * @return its value, null when there is none
     */
    default @Nullable String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /**
     * Finds all fields of a name.
     *
     * @param name the field name, in any case
     * @return their values in order, one per field line
     */
    default List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        forEach((field, value) -> {
            if (field.equalsIgnoreCase(name)) {
                values.add(value);
            }
        });
        return values;
    }

    /**
     * Puts other fields behind these.
     *
     * @param more the other fields
     * @return a view of both
     */
    default HeaderFields and(HeaderFields more) {
        if (more == NONE) {
            return this;
        }
        return action -> {
            forEach(action);
            more.forEach(action);
        };
    }

    /**
     * Makes fields of a list of names and values.
     *
     * @param fields the field lines in order
     * @return a view of an immutable copy
     */
    static HeaderFields of(List<? extends Map.Entry<String, String>> fields) {
        List<Map.Entry<String, String>> copy = List.copyOf(fields);
        return action -> copy.forEach(field -> action.accept(field.getKey(), field.getValue()));
    }

    /**
     * Makes fields of names and values that take turns.
     *
     * @param namesAndValues name, value, name, value
     * @return the fields
     * @throws IllegalArgumentException when a value is missing
     */
    static HeaderFields of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new InvalidValueException("namesAndValues", "the last name has no value");
        }
        String[] copy = namesAndValues.clone();
        return action -> {
            for (int i = 0; i < copy.length; i += 2) {
                action.accept(copy[i], copy[i + 1]);
            }
        };
    }
}
